// CopyObject: to be read at its source and written at its destination, both as the policies say.

import { Refusal } from '../../../../refusal/refusal.ts'
import { checkObjectKey } from '../../../names/object-key.ts'
import { copyBytes } from '../../../objects/copy/copy-bytes.ts'
import type { WantedUpload } from '../../../objects/uploads.ts'
import type { ObjectRow } from '../../../rows/object-row.ts'
import { answerXml, type S3Answer } from '../../answer.ts'
import type { S3Deps, S3Request } from '../../s3-request.ts'
import { readCopySource } from './copy-source.ts'
import { wantedOf } from './put-object.ts'

/** Refuses whatever a download and an upload refuse. */
export async function copyObject(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  checkObjectKey(request.key)
  const find = async (): Promise<ObjectRow> => await readCopySource(request, deps, 'storage.s3.object.copy')
  const source = await find()
  const admitted = await deps.uploads.admit(request.caller, wantedCopy(request, source))
  const row = await copyBytes(deps, source, admitted, find)
  return answerXml('CopyObjectResult', {
    LastModified: row.metadata?.lastModified ?? undefined,
    ETag: row.metadata?.eTag,
  })
}

/** Either all that is said of the source, or all that the request says. */
function wantedCopy(request: S3Request, { metadata, userMetadata }: ObjectRow): WantedUpload {
  const wanted: WantedUpload = {
    ...wantedOf(request, request.key),
    size: metadata?.size ?? null,
    operation: 'storage.s3.object.copy',
  }
  const directive = request.header('x-amz-metadata-directive') ?? 'COPY'
  if (directive === 'REPLACE') return wanted
  if (directive !== 'COPY')
    throw new Refusal('s3.argument-invalid', {
      argument: 'x-amz-metadata-directive',
      reason: 'must be COPY or REPLACE',
    })
  return {
    ...wanted,
    contentType: metadata?.mimetype ?? wanted.contentType,
    cacheControl: metadata?.cacheControl ?? wanted.cacheControl,
    userMetadata,
  }
}
