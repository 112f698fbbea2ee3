// CompleteMultipartUpload and AbortMultipartUpload. Of two who end the same upload the second finds it gone.

import { z } from 'zod'

import { isRefusal, Refusal } from '../../../../refusal/refusal.ts'
import type { CompletedPart, PartsToken } from '../../../blobs/blobs.ts'
import { readText } from '../../../door/read-json.ts'
import { checkWritten } from '../../../objects/content-types/check-written.ts'
import type { AdmittedUpload } from '../../../objects/uploads.ts'
import { cellsOf } from '../../../rows/read-rows.ts'
import { leaveToSweep } from '../../../blobs/leave-to-sweep.ts'
import { answerEmpty, answerXml, type S3Answer } from '../../answer.ts'
import { endUpload } from '../../multipart/end-upload.ts'
import { findUpload, type PartUpload } from '../../multipart/part-uploads.ts'
import { chosenParts, type KnownPart } from '../../multipart/chosen-parts.ts'
import type { S3Deps, S3Request } from '../../s3-request.ts'
import { deleteUpload, selectParts } from '../../sql/multipart.ts'
import { readXml } from '../../xml/read-xml.ts'
import { UNKNOWN_TYPE } from '../objects/put-object.ts'

/** Bytes: 10,000 parts with an entity tag and all checksums each. */
const LARGEST = 5 * 1024 * 1024
const BOUNDS = { lists: ['Part'], tags: 165_000 }

const partNumber = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.int().min(1).max(10_000))

const part = z.object({ PartNumber: partNumber, ETag: z.string() })

const wanted = z.object({
  // An empty element is read as an empty text.
  CompleteMultipartUpload: z.preprocess(
    (content) => (content === '' ? {} : content),
    z.object({ Part: z.array(part).default([]) }),
  ),
})

/**
 * Refuses whatever an upload refuses, and with `storage.upload-not-found`, `storage.locked`, `storage.part-invalid`,
 * `s3.parts-unordered`, `s3.part-too-small`, `s3.xml-malformed`, `storage.request-invalid`.
 */
export async function completeUpload(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  const find = async (): Promise<PartUpload> => await findUpload(request, deps, 'storage.s3.upload.complete_multipart')
  // Whoever may not is not read.
  const found = await find()
  const admitted = await deps.uploads.admit(request.caller, found.wanted)
  const said = await readParts(request)
  return await endUpload(deps.locks, found, find, async (upload) => {
    const ETag = upload.placed ?? (await place(deps, upload, admitted, said))
    await deps.database.asOwner([deleteUpload(upload.token.upload)])
    const { bucket, key } = request
    return answerXml('CompleteMultipartUploadResult', {
      Location: `${bucket}/${key}`,
      Bucket: bucket,
      Key: key,
      ETag,
    })
  })
}

/**
 * Makes the object of the parts; its entity tag. Parts that are too many bytes by now stay for whoever makes room; a type that
 * the bucket does not take is forgotten, parts and all.
 */
async function place(
  deps: S3Deps,
  { token, wanted: object }: PartUpload,
  admitted: AdmittedUpload,
  said: readonly CompletedPart[],
): Promise<string | undefined> {
  const parts = chosenParts(said, await knownParts(deps, token.upload))
  const size = parts.reduce((sum, each) => sum + each.size, 0)
  await deps.uploads.admitUnasked(admitted.ownerId, { ...object, size })
  const written = await deps.blobs.parts.complete(token, parts)
  const placed = { ...admitted, version: token.id }
  try {
    await checkWritten(deps.blobs, admitted, token.id)
  } catch (error) {
    if (isRefusal(error) && error.code === 'storage.mime-type-refused')
      await leaveToSweep(deps.log, async () => await forget(deps, token))
    throw error
  }
  const row = await deps.uploads.commit(placed, written, object.contentType ?? UNKNOWN_TYPE, 'resumed')
  return row.metadata?.eTag
}

async function forget({ blobs, database }: S3Deps, { id, upload }: PartsToken): Promise<void> {
  await blobs.remove([id])
  await database.asOwner([deleteUpload(upload)])
}

/** Refuses with `storage.upload-not-found`, `storage.locked`, and with `postgres.*` whoever may not upload. */
export async function abortUpload(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  const find = async (): Promise<PartUpload> => await findUpload(request, deps, 'storage.s3.upload.abort_multipart')
  const found = await find()
  await deps.uploads.admit(request.caller, found.wanted)
  return await endUpload(deps.locks, found, find, async ({ token }) => {
    await deps.database.asOwner([deleteUpload(token.upload)])
    await leaveToSweep(deps.log, async () => await deps.blobs.parts.abort(token))
    return answerEmpty(204)
  })
}

/** No parts for all that were uploaded, as upstream has it. */
async function readParts({ body }: S3Request): Promise<readonly CompletedPart[]> {
  const text = await readText(body.bytes, LARGEST)
  if (text === '') throw new Refusal('s3.xml-malformed', { reason: 'it is empty' })
  const { CompleteMultipartUpload } = await readXml(text, wanted, BOUNDS)
  return CompleteMultipartUpload.Part.map(({ PartNumber, ETag }) => ({
    number: PartNumber,
    etag: ETag.replaceAll('"', '').trim(),
  }))
}

async function knownParts({ database }: Pick<S3Deps, 'database'>, uploadId: string): Promise<readonly KnownPart[]> {
  const [rows] = await database.asOwner([selectParts(uploadId)])
  return cellsOf(rows).map((cells) => ({
    number: Number(cells['part_number']),
    etag: cells['etag'] ?? '',
    size: Number(cells['size']),
  }))
}
