// Whether another bucket takes an object: its types, its size limit and what is left of its quota hold for whatever comes
// into it, moved or uploaded.

import type { StorageDeps } from '../../door/storage-deps.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import { checkWritten } from '../content-types/check-written.ts'
import type { Place } from '../sql/read-object.ts'

/** Whether the name is free is not asked. Refuses with `storage.bucket-not-found`, `mime-type-refused`, `too-large`, `quota-reached`. */
export async function checkDestination(
  { uploads, blobs }: Pick<StorageDeps, 'uploads' | 'blobs'>,
  { metadata, version }: ObjectRow,
  { bucket, name }: Place,
): Promise<void> {
  const admitted = await uploads.admitUnasked(null, {
    bucket,
    name,
    contentType: metadata?.mimetype ?? null,
    cacheControl: metadata?.cacheControl ?? 'no-cache',
    userMetadata: null,
    upsert: true,
    size: metadata?.size ?? null,
    operation: 'storage.object.move',
  })
  if (version !== null) await checkWritten(blobs, admitted, version)
}
