// An object made of another one's bytes.

import { Refusal } from '../../../refusal/refusal.ts'
import type { Blobs } from '../../blobs/blobs.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import type { AdmittedUpload, Uploads } from '../uploads.ts'

interface CopyParts {
  readonly uploads: Pick<Uploads, 'commit'>
  readonly blobs: Blobs
}

/**
 * Copies the bytes of `source` to the place that was admitted. Where they were replaced since its row was read, `again`
 * reads it once more. Refuses with `storage.bytes-missing`.
 */
export async function copyBytes(
  { uploads, blobs }: CopyParts,
  source: ObjectRow,
  admitted: AdmittedUpload,
  again: () => Promise<ObjectRow>,
): Promise<ObjectRow> {
  const { version } = admitted
  const copied = await firstCopied(blobs, version, source, again)
  const { metadata } = copied
  const written = { size: metadata?.size ?? 0, etag: (metadata?.eTag ?? '').replaceAll('"', '') }
  return await uploads.commit(admitted, written, admitted.wanted.contentType ?? metadata?.mimetype ?? FALLBACK)
}

const FALLBACK = 'application/octet-stream'

async function firstCopied(
  blobs: Blobs,
  to: AdmittedUpload['version'],
  source: ObjectRow,
  again: () => Promise<ObjectRow>,
): Promise<ObjectRow> {
  if (source.version !== null && (await blobs.copy(source.version, to))) return source
  const second = await again()
  if (second.version !== null && second.version !== source.version && (await blobs.copy(second.version, to)))
    return second
  throw new Refusal('storage.bytes-missing', { bucket: source.bucketId, name: source.name })
}
