// The upload of a form, with whatever its policy allowed.

import { answerEmpty, answerXml, type S3Answer } from '../../answer.ts'
import type { S3Deps, S3Request } from '../../s3-request.ts'
import { storeObject, wantedOf } from './put-object.ts'

/** Refuses whatever an upload refuses. */
export async function postObject(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  const { bucket, key } = request
  const row = await storeObject(request, deps, wantedOf(request, key))
  const ETag = row.metadata?.eTag
  const location = `/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`
  const status = request.header('success_action_status')
  if (status === '201')
    return { ...answerXml('PostResponse', { Location: location, Bucket: bucket, Key: key, ETag }), status: 201 }
  return answerEmpty(status === '204' ? 204 : 200, { etag: ETag, location })
}
