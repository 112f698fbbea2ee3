// UploadPart and UploadPartCopy.

import type { Readable } from 'node:stream'

import { Refusal } from '../../../../refusal/refusal.ts'
import type { StorageOperation } from '../../../access/operations.ts'
import type { Blobs, ByteRange } from '../../../blobs/blobs.ts'
import type { ObjectRow } from '../../../rows/object-row.ts'
import { answerEmpty, answerXml, type S3Answer } from '../../answer.ts'
import { findUpload } from '../../multipart/part-uploads.ts'
import { type IncomingPart, storePart, type StoredPart } from '../../multipart/store-part.ts'
import { numberOf, type S3Deps, type S3Request } from '../../s3-request.ts'
import { readCopySource } from '../objects/copy-source.ts'

const LARGEST_PART = 5 * 1024 ** 3

/** Refuses whatever an upload refuses, and with `storage.upload-not-found`, `s3.length-missing`. */
export async function uploadPart(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  const { bytes, size } = request.body
  try {
    const number = partNumberOf(request)
    if (size === null) throw new Refusal('s3.length-missing', {})
    if (size > LARGEST_PART) throw new Refusal('storage.too-large', { limit: LARGEST_PART })
    const { etag } = await admitPart(request, deps, 'storage.s3.upload.part', async () => ({ number, bytes, size }))
    return answerEmpty(200, { etag: `"${etag}"`, 'access-control-expose-headers': 'etag' })
  } finally {
    bytes.destroy()
  }
}

/** Refuses whatever a download and an upload of a part refuse. */
export async function uploadPartCopy(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  const operation = 'storage.s3.upload.part_copy'
  const number = partNumberOf(request)
  const source = await readCopySource(request, deps, operation)
  const size = source.metadata?.size ?? 0
  const range = copiedRange(request.header('x-amz-copy-source-range'), size)
  const copied = range === null ? size : range.end - range.start + 1
  const part = await admitPart(request, deps, operation, async () => ({
    number,
    bytes: await bytesOf(deps.blobs, source, range),
    size: copied,
  }))
  return answerXml('CopyPartResult', { LastModified: part.storedAt, ETag: `"${part.etag}"` })
}

/** Asks again for each part: a policy may have changed since the upload was begun. */
async function admitPart(
  request: S3Request,
  deps: S3Deps,
  operation: StorageOperation,
  open: () => Promise<IncomingPart>,
): Promise<StoredPart> {
  const upload = await findUpload(request, deps, operation)
  const admitted = await deps.uploads.admit(request.caller, upload.wanted)
  const part = await open()
  try {
    return await storePart(deps, upload, admitted, part)
  } finally {
    part.bytes.destroy()
  }
}

async function bytesOf(
  blobs: Blobs,
  { version, bucketId, name }: ObjectRow,
  range: ByteRange | null,
): Promise<Readable> {
  const bytes = version === null ? null : await blobs.read(version, range ?? undefined)
  if (bytes === null) throw new Refusal('storage.bytes-missing', { bucket: bucketId, name })
  return bytes
}

function partNumberOf(request: S3Request): number {
  const number = numberOf(request, 'partNumber', { least: 1, most: 10_000 })
  if (number === null) throw new Refusal('s3.argument-invalid', { argument: 'partNumber', reason: 'is missing' })
  return number
}

/** Both ends are named, and the object has them. */
function copiedRange(header: string | null, size: number): ByteRange | null {
  if (header === null) return null
  const [, first, last] = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(header) ?? []
  const start = Number(first)
  const end = Number(last)
  if (start <= end && end < size) return { start, end }
  throw new Refusal('s3.argument-invalid', {
    argument: 'x-amz-copy-source-range',
    reason: `is not bytes=<first>-<last> within the ${size} bytes of the source`,
  })
}
