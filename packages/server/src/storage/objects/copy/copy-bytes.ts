// An object made of another one's bytes.

import { Refusal } from '../../../refusal/refusal.ts'
import type { Blobs } from '../../blobs/blobs.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import { checkWritten } from '../content-types/check-written.ts'
import { limitRefusal } from '../placing/admit-by-limits.ts'
import type { AdmittedUpload, Uploads } from '../uploads.ts'

interface CopyParts {
  readonly uploads: Pick<Uploads, 'commit'>
  readonly blobs: Blobs
}

/**
 * Copies the bytes of `source` to the place that was admitted, whose bucket must take them. Where they were replaced since
 * its row was read, `again` reads it once more. Refuses with `storage.bytes-missing`, `storage.mime-type-refused`, and with
 * what is said of a limit.
 */
export async function copyBytes(
  { uploads, blobs }: CopyParts,
  source: ObjectRow,
  admitted: AdmittedUpload,
  again: () => Promise<ObjectRow>,
): Promise<ObjectRow> {
  const { metadata } = await firstCopied(blobs, admitted, source, again)
  const written = { size: metadata?.size ?? 0, etag: (metadata?.eTag ?? '').replaceAll('"', '') }
  return await uploads.commit(admitted, written, admitted.wanted.contentType ?? metadata?.mimetype ?? FALLBACK)
}

const FALLBACK = 'application/octet-stream'

async function firstCopied(
  blobs: Blobs,
  admitted: AdmittedUpload,
  source: ObjectRow,
  again: () => Promise<ObjectRow>,
): Promise<ObjectRow> {
  if (await isCopied(blobs, admitted, source)) return source
  const second = await again()
  if (second.version !== source.version && (await isCopied(blobs, admitted, second))) return second
  throw new Refusal('storage.bytes-missing', { bucket: source.bucketId, name: source.name })
}

/** False where the bytes are gone. */
async function isCopied(blobs: Blobs, admitted: AdmittedUpload, { version, metadata }: ObjectRow): Promise<boolean> {
  if (version === null) return false
  if ((metadata?.size ?? 0) > admitted.limit) throw limitRefusal(admitted)
  return (await checkWritten(blobs, admitted, version)) && (await blobs.copy(version, admitted.version))
}
