// The types that a bucket takes, held against bytes that are written already.

import type { BlobId, Blobs } from '../../blobs/blobs.ts'
import type { AdmittedUpload } from '../uploads.ts'
import { checkContent } from './check-content.ts'

/** Bytes, more than any signature reaches. */
const BEGINNING = 64 * 1024

/** As `checkContent` does it. False where there are no such bytes to be held. Refuses with `storage.mime-type-refused`. */
export async function checkWritten(
  blobs: Pick<Blobs, 'read'>,
  admitted: Pick<AdmittedUpload, 'bucket' | 'wanted'>,
  id: BlobId,
): Promise<boolean> {
  if ((admitted.bucket.allowedMimeTypes ?? []).length === 0) return true
  const beginning = await blobs.read(id, { start: 0, end: BEGINNING - 1 })
  if (beginning === null) return false
  try {
    await checkContent(admitted, beginning)
    return true
  } finally {
    beginning.destroy()
  }
}
