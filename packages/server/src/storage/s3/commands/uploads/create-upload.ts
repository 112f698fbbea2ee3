// CreateMultipartUpload.

import { checkObjectKey } from '../../../names/object-key.ts'
import { leaveToSweep } from '../../../blobs/leave-to-sweep.ts'
import { answerXml, type S3Answer } from '../../answer.ts'
import type { S3Deps, S3Request } from '../../s3-request.ts'
import { insertUpload } from '../../sql/multipart.ts'
import { wantedOf } from '../objects/put-object.ts'

/** Refuses whatever an upload refuses before its bytes. */
export async function createUpload(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  const { bucket, key, caller } = request
  checkObjectKey(key)
  const wanted = { ...wantedOf(request, key), operation: 'storage.s3.upload.create_multipart', upsert: true } as const
  const { version, ownerId } = await deps.uploads.admit(caller, wanted)
  const { upload } = await deps.blobs.parts.begin(version)
  const metadata = { mimetype: wanted.contentType, cacheControl: wanted.cacheControl }
  const row = { id: upload, bucket, key, version, ownerId, metadata, userMetadata: wanted.userMetadata ?? {} }
  try {
    await deps.database.asOwner([insertUpload(row)])
  } catch (error) {
    await leaveToSweep(deps.log, async () => await deps.blobs.parts.abort({ id: version, upload }))
    throw error
  }
  return answerXml('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: upload })
}
