// Which command a request is: S3 says it by the method, what the path names, and a word in the query.

import { Refusal } from '../../../refusal/refusal.ts'
import type { S3Answer } from '../answer.ts'
import { parameterOf, type S3Deps, type S3Request } from '../s3-request.ts'
import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  getBucketVersioning,
  headBucket,
  listBuckets,
} from './buckets/bucket-commands.ts'
import { listObjects } from './buckets/list-objects.ts'
import { listVersions } from './buckets/list-versions.ts'
import { copyObject } from './objects/copy-object.ts'
import { deleteObject, deleteObjects } from './objects/delete-objects.ts'
import { getObject } from './objects/get-object.ts'
import { getObjectTagging } from './objects/get-object-tagging.ts'
import { postObject } from './objects/post-object.ts'
import { putObject } from './objects/put-object.ts'
import { abortUpload, completeUpload } from './uploads/complete-upload.ts'
import { createUpload } from './uploads/create-upload.ts'
import { listParts, listUploads } from './uploads/list-uploads.ts'
import { uploadPart, uploadPartCopy } from './uploads/upload-part.ts'

export type Command = (request: S3Request, deps: S3Deps) => Promise<S3Answer>

/** `PUT bucket/key?partNumber&uploadId` is found under `PUT object uploadId`. */
const commands: Readonly<Record<string, Command>> = {
  'GET service': listBuckets,
  'PUT bucket': createBucket,
  'HEAD bucket': headBucket,
  'DELETE bucket': deleteBucket,
  'GET bucket': listObjects,
  'GET bucket location': getBucketLocation,
  'GET bucket versioning': getBucketVersioning,
  'GET bucket versions': listVersions,
  'GET bucket uploads': listUploads,
  'POST bucket delete': deleteObjects,
  'GET object': getObject,
  'HEAD object': getObject,
  'GET object tagging': getObjectTagging,
  'PUT object': putObject,
  'PUT object copy': copyObject,
  'DELETE object': deleteObject,
  'FORM object': postObject,
  'POST object uploads': createUpload,
  'PUT object uploadId': uploadPart,
  'PUT object uploadId copy': uploadPartCopy,
  'POST object uploadId': completeUpload,
  'DELETE object uploadId': abortUpload,
  'GET object uploadId': listParts,
}

/** Words in a query that make another command of a request. */
const WORDS = [
  'accelerate',
  'acl',
  'analytics',
  'attributes',
  'cors',
  'delete',
  'encryption',
  'intelligent-tiering',
  'inventory',
  'legal-hold',
  'lifecycle',
  'location',
  'logging',
  'metrics',
  'notification',
  'object-lock',
  'ownershipControls',
  'policy',
  'policyStatus',
  'publicAccessBlock',
  'replication',
  'requestPayment',
  'restore',
  'retention',
  'select',
  'tagging',
  'torrent',
  'uploadId',
  'uploads',
  'versioning',
  'versions',
  'website',
]

/** Refuses with `s3.not-implemented`. */
export function commandOf(request: S3Request): Command {
  const name = commandName(request)
  const command = commands[name]
  if (command === undefined) throw new Refusal('s3.not-implemented', { what: name })
  return command
}

function commandName(request: S3Request): string {
  const { method, bucket, key } = request
  const what = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object'
  const word = WORDS.find((each) => parameterOf(request, each) !== null)
  const copies = method === 'PUT' && what === 'object' && request.header('x-amz-copy-source') !== null
  return [method, what, word, copies ? 'copy' : undefined].filter((part) => part !== undefined).join(' ')
}
