// GetObjectTagging: no object has tags here, and a client that asks gets an empty set.

import { findForCaller } from '../../../objects/download/find-object.ts'
import { answerXml, type S3Answer } from '../../answer.ts'
import type { S3Deps, S3Request } from '../../s3-request.ts'

/** Refuses as a download does. */
export async function getObjectTagging({ bucket, key, caller }: S3Request, { database }: S3Deps): Promise<S3Answer> {
  await findForCaller(database, caller, { bucket, name: key }, 'storage.s3.object.get_tagging')
  return answerXml('Tagging', { TagSet: '' })
}
