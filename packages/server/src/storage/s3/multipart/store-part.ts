// One part, from its bytes to its row; what all parts may have together is taken before and given back where it fails.

import type { Readable } from 'node:stream'

import { Refusal } from '../../../refusal/refusal.ts'
import type { WrittenBlob } from '../../blobs/blobs.ts'
import { limitRefusal } from '../../objects/placing/admit-by-limits.ts'
import type { AdmittedUpload } from '../../objects/uploads.ts'
import { cellsOf } from '../../rows/read-rows.ts'
import type { S3Deps } from '../s3-request.ts'
import { lockUpload, putPart, release, reserve, selectUpload } from '../sql/multipart.ts'
import type { PartUpload } from './part-uploads.ts'

export interface IncomingPart {
  readonly number: number
  readonly bytes: Readable
  readonly size: number
}

export interface StoredPart extends WrittenBlob {
  /** ISO 8601. */
  readonly storedAt: string
}

/** Refuses with `storage.too-large`, `storage.quota-reached`, `storage.upload-not-found`, and whatever the bytes refuse. */
export async function storePart(
  deps: Pick<S3Deps, 'database' | 'blobs' | 'log'>,
  { token }: PartUpload,
  admitted: AdmittedUpload,
  { number, bytes, size }: IncomingPart,
): Promise<StoredPart> {
  const { database, blobs, log } = deps
  const { ownerId, limit } = admitted
  const [reserved] = await database.asOwner([reserve(token.upload, size, limit)])
  if (reserved?.count !== 1) {
    const [there] = await database.asOwner([selectUpload(token.upload)])
    throw there?.count === 1 ? limitRefusal(admitted) : new Refusal('storage.upload-not-found', {})
  }
  try {
    const written = await blobs.parts.write(token, number, bytes, size)
    const part = { uploadId: token.upload, number, size: written.size, etag: written.etag, ownerId }
    const [, rows] = await database.asOwner([lockUpload(token.upload), putPart(part)])
    const [cells] = cellsOf(rows)
    if (cells === undefined) throw new Refusal('storage.upload-not-found', {})
    return { ...written, storedAt: cells['created_at'] ?? '' }
  } catch (error) {
    const [released] = await database.asOwner([release(token.upload, size)]).catch((failed: unknown) => {
      log.warn({ err: failed }, 'what a part was to have could not be given back; it is until its upload ends')
      return []
    })
    // Whatever the bytes ran into: the upload was ended while they came.
    throw released?.count === 0 ? new Refusal('storage.upload-not-found', {}, { cause: error }) : error
  }
}
