// What an upload is at its beginning.

import { Refusal } from '../../../refusal/refusal.ts'
import { newBlobId } from '../../blobs/blobs.ts'
import { checkObjectKey } from '../../names/object-key.ts'
import type { UploadMetadata } from '../rows/resumable-upload.ts'
import { printUploadId } from '../upload-id.ts'
import { type AdmitDeps, beginnerOf, claimsOf } from './admit-upload.ts'
import type { Asked } from './asked.ts'

/**
 * Its id. Asks nobody yet. Refuses with `storage.request-invalid`, `storage.bucket-name-invalid`, `storage.key-invalid`, and
 * with `storage.signature-invalid`.
 */
export async function beginUpload(
  deps: AdmitDeps,
  asked: Asked,
  metadata: UploadMetadata | undefined,
): Promise<string> {
  if (metadata === undefined) throw new Refusal('storage.request-invalid', { reason: 'Metadata header is required' })
  const bucket = metadata['bucketName'] ?? ''
  const name = metadata['objectName'] ?? ''
  if (bucket === '') throw new Refusal('storage.bucket-name-invalid', { name: bucket })
  checkObjectKey(name)
  const length = asked.headers['upload-length']
  const size = typeof length === 'string' ? Number(length) : null
  const upsert = asked.headers['x-upsert'] === 'true'
  asked.claims = await claimsOf(deps, asked.shown, { bucket, name })
  const beginner = beginnerOf(asked, upsert)
  asked.upload = { version: newBlobId(), bucket, name, ...beginner, size, metadata, completed: false }
  return printUploadId(asked.upload)
}
