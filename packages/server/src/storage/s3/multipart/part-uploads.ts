// Uploads in parts, from their rows: found again by their ids, and finished by one at a time.

import { Refusal } from '../../../refusal/refusal.ts'
import type { StorageOperation } from '../../access/operations.ts'
import { blobId, type PartsToken } from '../../blobs/blobs.ts'
import type { WantedUpload } from '../../objects/uploads.ts'
import { type Cells, cellsOf } from '../../rows/read-rows.ts'
import { parameterOf, type S3Deps, type S3Request } from '../s3-request.ts'
import { selectUpload } from '../sql/multipart.ts'
import { UNKNOWN_TYPE } from '../commands/objects/put-object.ts'

export interface PartUpload {
  readonly token: PartsToken
  /** What the object is going to be. */
  readonly wanted: WantedUpload
  /** The entity tag, quoted, of the object that was made of it already; null where there is none. */
  readonly placed: string | null
  /** `sub` of whoever began it. */
  readonly ownerId: string | null
}

/** The upload that the query names, of this bucket and key. Refuses with `storage.upload-not-found`. */
export async function findUpload(
  request: S3Request,
  { database }: Pick<S3Deps, 'database'>,
  operation: StorageOperation,
): Promise<PartUpload> {
  const uploadId = parameterOf(request, 'uploadId') ?? ''
  const [rows] = uploadId.includes('\0') ? [] : await database.asOwner([selectUpload(uploadId)])
  const [cells] = cellsOf(rows)
  const id = blobId(cells?.['version'] ?? null)
  if (cells === undefined || id === null || cells['bucket_id'] !== request.bucket || cells['key'] !== request.key)
    throw new Refusal('storage.upload-not-found', {})
  return {
    token: { id, upload: uploadId },
    wanted: { ...wantedOf(cells, operation), begun: id },
    placed: cells['placed'] ?? null,
    ownerId: cells['owner_id'] ?? null,
  }
}

function wantedOf(cells: Cells, operation: StorageOperation): WantedUpload {
  const { mimetype, cacheControl } = readObject(cells['metadata'])
  return {
    bucket: cells['bucket_id'] ?? '',
    name: cells['key'] ?? '',
    contentType: typeof mimetype === 'string' ? mimetype : UNKNOWN_TYPE,
    cacheControl: typeof cacheControl === 'string' ? cacheControl : 'no-cache',
    userMetadata: readObject(cells['user_metadata']),
    upsert: true,
    size: null,
    operation,
  }
}

function readObject(json: string | null | undefined): Readonly<Record<string, unknown>> {
  return JSON.parse(json ?? '{}') as Readonly<Record<string, unknown>>
}
