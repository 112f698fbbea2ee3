// One part, from its bytes to its row; what all parts may have together is taken before and given back where it fails.

import type { Readable } from 'node:stream'

import type { Statement } from '../../../database/statement.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { StorageDatabase } from '../../access/storage-database.ts'
import type { WrittenBlob } from '../../blobs/blobs.ts'
import { limitRefusal } from '../../objects/placing/admit-by-limits.ts'
import type { AdmittedUpload } from '../../objects/uploads.ts'
import { type Cells, cellsOf } from '../../rows/read-rows.ts'
import type { S3Deps } from '../s3-request.ts'
import { type AnnouncedPart, lockUpload, putPart, release, reserve } from '../sql/multipart.ts'
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
  const uploadId = token.upload
  const reserved = await take(database, admitted, { uploadId, number, size })
  try {
    const written = await blobs.parts.write(token, number, bytes, size)
    const part = { uploadId, number, size: written.size, etag: written.etag, ownerId, reserved, limit }
    const cells = await lockedCells(database, admitted, uploadId, putPart(part))
    return { ...written, storedAt: cells['created_at'] ?? '' }
  } catch (error) {
    const [released] = await database.asOwner([release(uploadId, reserved)]).catch((failed: unknown) => {
      log.warn({ err: failed }, 'what a part was to have could not be given back; it is until its upload ends')
      return []
    })
    // Whatever the bytes ran into: the upload was ended while they came.
    throw released?.count === 0 ? new Refusal('storage.upload-not-found', {}, { cause: error }) : error
  }
}

/** Bytes that the part adds to its upload, from now on its own. */
async function take(database: StorageDatabase, admitted: AdmittedUpload, part: AnnouncedPart): Promise<number> {
  const cells = await lockedCells(database, admitted, part.uploadId, reserve(part, admitted.limit))
  return Number(cells['reserved'])
}

/** What `statement` returns of the upload while nobody else counts its parts. Where it returns nothing, it is too much, or over. */
async function lockedCells(
  database: StorageDatabase,
  admitted: AdmittedUpload,
  uploadId: string,
  statement: Statement,
): Promise<Cells> {
  const [locked, rows] = await database.asOwner([lockUpload(uploadId), statement])
  const [cells] = cellsOf(rows)
  if (cells !== undefined) return cells
  throw locked?.count === 1 ? limitRefusal(admitted) : new Refusal('storage.upload-not-found', {})
}
