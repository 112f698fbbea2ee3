// ListMultipartUploads and ListParts: what is on its way, as the policies on its rows show it to the caller.

import { Refusal } from '../../../../refusal/refusal.ts'
import { type Cells, cellsOf } from '../../../rows/read-rows.ts'
import { answerXml, type S3Answer } from '../../answer.ts'
import { fromMarker } from '../../listing/page.ts'
import { findUpload } from '../../multipart/part-uploads.ts'
import { numberOf, parameterOf, type S3Deps, type S3Request } from '../../s3-request.ts'
import {
  listParts as partsPage,
  listUploads as uploadsPage,
  showUpload,
  type UploadsPage,
} from '../../sql/list-uploads.ts'
import { assertBucketExists } from '../buckets/find-bucket.ts'
import { nameEncodingOf } from '../buckets/name-encoding.ts'

const MOST = 1000

/** Refuses with `storage.bucket-not-found`, `s3.argument-invalid`. */
export async function listUploads(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  const { bucket, caller } = request
  const page = uploadsPageOf(request)
  const encode = nameEncodingOf(request)
  await assertBucketExists(deps, bucket)
  const statements = [uploadsPage(bucket, { ...page, limit: page.limit + 1 })]
  const operation = 'storage.s3.upload.list_multipart'
  const [rows] = await deps.database.asCaller(caller, { operation, statements, readOnly: true })
  const { shown, last } = cut(cellsOf(rows), page.limit)
  return answerXml('ListMultipartUploadsResult', {
    Bucket: bucket,
    KeyMarker: encode(parameterOf(request, 'key-marker') ?? ''),
    UploadIdMarker: parameterOf(request, 'upload-id-marker') ?? '',
    NextKeyMarker: last === null ? undefined : encode(last['folder'] ?? last['key'] ?? ''),
    NextUploadIdMarker: last === null ? undefined : (last['id'] ?? undefined),
    Prefix: encode(page.prefix),
    Delimiter: page.delimiter === '' ? undefined : encode(page.delimiter),
    EncodingType: parameterOf(request, 'encoding-type') ?? undefined,
    MaxUploads: page.limit,
    IsTruncated: last !== null,
    Upload: shown.filter(isUpload).map((cells) => ({
      Key: encode(cells['key'] ?? ''),
      UploadId: cells['id'] ?? '',
      StorageClass: 'STANDARD',
      Initiated: cells['created_at'] ?? undefined,
    })),
    CommonPrefixes: shown.filter((cells) => !isUpload(cells)).map(({ folder }) => ({ Prefix: encode(folder ?? '') })),
  })
}

/** Refuses with `storage.upload-not-found`, `s3.argument-invalid`. */
export async function listParts(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  const limit = numberOf(request, 'max-parts', { least: 1, most: 2 ** 31 - 1 }) ?? MOST
  const after = numberOf(request, 'part-number-marker', { least: 0, most: 2 ** 31 - 1 }) ?? 0
  const operation = 'storage.s3.upload.list_parts'
  const { token, ownerId } = await findUpload(request, deps, operation)
  const most = Math.min(limit, MOST)
  const statements = [partsPage(token.upload, after, most + 1), showUpload(token.upload)]
  const [rows, shownUpload] = await deps.database.asCaller(request.caller, { operation, statements, readOnly: true })
  // One's own is there, as upstream has it, though no policy may show its parts.
  if (shownUpload?.count === 0 && ownerId !== request.caller.identity.subject)
    throw new Refusal('storage.upload-not-found', {})
  const { shown, last } = cut(cellsOf(rows), most)
  return answerXml('ListPartsResult', {
    Bucket: request.bucket,
    Key: request.key,
    UploadId: token.upload,
    PartNumberMarker: after,
    NextPartNumberMarker: last?.['part_number'] ?? undefined,
    MaxParts: most,
    IsTruncated: last !== null,
    StorageClass: 'STANDARD',
    Part: shown.map((cells) => ({
      PartNumber: cells['part_number'] ?? '',
      LastModified: cells['created_at'] ?? undefined,
      ETag: `"${cells['etag'] ?? ''}"`,
      Size: cells['size'] ?? '',
    })),
  })
}

function uploadsPageOf(request: S3Request): UploadsPage {
  const prefix = parameterOf(request, 'prefix') ?? ''
  const delimiter = parameterOf(request, 'delimiter') ?? ''
  const key = parameterOf(request, 'key-marker') ?? ''
  const id = parameterOf(request, 'upload-id-marker') ?? ''
  const from = key === '' ? '' : fromMarker(key, { prefix, delimiter })
  const limit = Math.min(numberOf(request, 'max-uploads', { least: 1, most: 2 ** 31 - 1 }) ?? MOST, MOST)
  const isFolder = from !== '' && !from.startsWith(key)
  return id === '' || key === '' || isFolder
    ? { prefix, delimiter, from, behind: null, limit }
    : { prefix, delimiter, from: key, behind: { key, id }, limit }
}

/** `last` is null where nothing follows. */
function cut(
  found: readonly Cells[],
  limit: number,
): { readonly shown: readonly Cells[]; readonly last: Cells | null } {
  const shown = found.slice(0, limit)
  return { shown, last: found.length > limit ? (shown.at(-1) ?? null) : null }
}

function isUpload({ folder }: Cells): boolean {
  return folder === null
}
