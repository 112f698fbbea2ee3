// What Storage refuses, in upstream's words where it has them.

import type { StorageRefusals } from '../vocabulary/storage.ts'
import { say, sayTruly, type Sayings } from './said.ts'

const imageProblems = {
  unreadable: 'The source image is invalid or unsupported for rendering',
  'too-many-pixels': 'The source image resolution is too large to process',
  'too-many-bytes': 'The source image file is too large to process',
} as const

/** In the words of the library by which upstream reads bodies. */
const bodyProblems = {
  empty: "Body cannot be empty when content-type is set to 'application/json'",
  malformed: "Body is not valid JSON but content-type is set to 'application/json'",
} as const

export const storageSayings: Sayings<keyof StorageRefusals> = {
  'storage.authorization-missing': () =>
    say(400, 'Error', 'InvalidRequest', "headers must have required property 'authorization'"),
  'storage.route-unknown': ({ method, path }) =>
    sayTruly(404, 'Not Found', 'InvalidRequest', `Route ${method}:${path} not found`),
  'storage.request-invalid': ({ reason }) => say(400, 'Error', 'InvalidRequest', reason),
  'storage.body-invalid': ({ problem }) => say(400, 'FastifyError', 'InvalidRequest', bodyProblems[problem]),
  'storage.bucket-not-found': () => say(404, 'Bucket not found', 'NoSuchBucket', 'Bucket not found'),
  'storage.bucket-exists': () => say(409, 'Duplicate', 'BucketAlreadyExists', 'The resource already exists'),
  'storage.bucket-name-invalid': () => say(400, 'Invalid Input', 'InvalidBucketName', 'Bucket name invalid'),
  'storage.bucket-not-empty': () =>
    say(409, 'ResourceNotEmpty', 'ResourceNotEmpty', 'The bucket you tried to delete is not empty'),
  'storage.key-invalid': ({ key }) => say(400, 'InvalidKey', 'InvalidKey', `Invalid key: ${key}`),
  'storage.object-not-found': () => say(404, 'not_found', 'NoSuchKey', 'Object not found'),
  'storage.object-exists': () => say(409, 'Duplicate', 'KeyAlreadyExists', 'The resource already exists'),
  'storage.role-required': () => sayTruly(403, 'Unauthorized', 'AccessDenied', 'Access denied: Invalid role'),
  'storage.access-denied': ({ reason }) => say(403, 'Unauthorized', 'AccessDenied', reason),
  'storage.content-type-invalid': () => say(415, 'invalid_mime_type', 'InvalidMimeType', 'Invalid Content-Type header'),
  'storage.robots-tag-invalid': ({ reason }) =>
    say(400, 'invalid_x_robots_tag', 'InvalidRequest', `Invalid X-Robots-Tag header: ${reason}`),
  'storage.mime-type-refused': ({ mimeType }) =>
    say(415, 'invalid_mime_type', 'InvalidMimeType', `mime type ${mimeType} is not supported`),
  'storage.too-large': ({ what = 'object' }) =>
    say(413, 'Payload too large', 'EntityTooLarge', `The ${what} exceeded the maximum allowed size`),
  'storage.metadata-too-large': ({ reason }) => say(400, 'Error', 'MetadataTooLarge', reason),
  'storage.quota-reached': ({ bucket, quota }) =>
    say(413, 'Payload too large', 'QuotaReached', `The bucket ${bucket} holds at most ${quota} bytes`),
  'storage.signature-invalid': ({ reason }) => say(400, 'InvalidJWT', 'InvalidJWT', reason),
  'storage.signature-mismatch': ({ wanted }) =>
    say(
      400,
      'InvalidSignature',
      'InvalidSignature',
      wanted === 'path' ? 'Invalid signature' : `Token is not scoped for ${wanted}`,
    ),
  'storage.parameter-invalid': ({ parameter }) =>
    say(400, 'InvalidParameter', 'InvalidParameter', `Invalid Parameter ${parameter}`),
  'storage.range-unsatisfiable': () => sayTruly(416, 'invalid_range', 'InvalidRange', 'invalid range provided'),
  'storage.precondition-failed': () =>
    sayTruly(412, 'PreconditionFailed', 'PreconditionFailed', 'A precondition of the request does not hold'),
  'storage.bytes-missing': () => say(404, 'Not found', 'NoSuchKey', 'The resource was not found'),
  'storage.locked': ({ what }) => say(423, 'ResourceLocked', 'ResourceLocked', `${what} is being written`),
  'storage.upload-not-found': () => say(404, 'NoSuchUpload', 'NoSuchUpload', 'Upload not found'),
  'storage.uploads-unfinished': ({ most }) =>
    sayTruly(429, 'TooManyUploads', 'TooManyUploads', `At most ${most} uploads may be unfinished in a bucket`),
  'storage.part-invalid': ({ number }) =>
    say(400, 'InvalidPart', 'InvalidPart', `Part ${number} is not there, or its entity tag is another`),
  'storage.upload-broken-off': () => say(499, 'AbortedTerminate', 'AbortedTerminate', 'The upload was broken off'),
  'storage.request-aborted': () => sayTruly(499, 'Request aborted', 'Aborted', 'Request aborted'),
  'storage.image-invalid': ({ problem }) => say(400, 'InvalidRequest', 'InvalidRequest', imageProblems[problem]),
  'storage.image-too-slow': () => say(408, 'InvalidRequest', 'InvalidRequest', 'Image request timed out'),
  'storage.images-busy': () => sayTruly(429, 'InvalidRequest', 'InvalidRequest', 'Too many requests'),
  'storage.images-unavailable': () =>
    sayTruly(501, 'NotSupported', 'NotSupported', 'Images cannot be rendered on this machine'),
  'storage.feature-disabled': ({ feature }) =>
    say(400, 'FeatureNotEnabled', 'FeatureNotEnabled', `${feature} is disabled`),
  'storage.bytes-unavailable': ({ reason }) => sayTruly(500, 'InternalError', 'StorageBackendError', reason),
}
