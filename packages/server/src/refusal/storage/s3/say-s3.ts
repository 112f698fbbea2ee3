// What the S3 protocol refuses, in the codes its clients know. Where upstream answers with another status than AWS, its
// status stands.

import type { RefusalDetails } from '../../refusal.ts'
import type { S3Refusals } from '../../vocabulary/s3.ts'

export interface S3Said {
  readonly status: number
  readonly code: string
  readonly message: string
}

type Sayings = {
  readonly [Each in keyof S3Refusals]: (detail: RefusalDetails[Each]) => S3Said
}

export const s3Sayings: Sayings = {
  's3.signature-missing': () => say(403, 'AccessDenied', 'Missing signature'),
  's3.signature-malformed': ({ reason }) => say(400, 'AuthorizationHeaderMalformed', reason),
  's3.access-key-unknown': () =>
    say(403, 'InvalidAccessKeyId', 'The Access Key Id you provided does not exist in our records.'),
  's3.scope-wrong': ({ part, expected }) =>
    say(400, 'AuthorizationHeaderMalformed', `The ${part} of the credential is wrong; expected ${expected}`),
  's3.signature-mismatch': () =>
    say(
      403,
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    ),
  's3.headers-unsigned': ({ headers }) =>
    say(403, 'AccessDenied', `There were headers present in the request which were not signed: ${headers.join(', ')}`),
  's3.time-skewed': () =>
    say(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'),
  's3.signature-expired': () => say(400, 'ExpiredToken', 'The provided token has expired.'),
  's3.policy-refused': ({ reason }) => say(403, 'AccessDenied', `Policy condition failed: ${reason}`),
  's3.digest-mismatch': ({ algorithm }) =>
    algorithm === 'x-amz-content-sha256'
      ? say(400, 'XAmzContentSHA256Mismatch', 'The provided x-amz-content-sha256 header does not match the bytes.')
      : say(400, 'BadDigest', `The ${algorithm} you specified did not match what we received.`),
  's3.body-malformed': ({ reason }) => say(400, 'InvalidRequest', reason),
  's3.body-incomplete': ({ expected, received }) =>
    say(400, 'IncompleteBody', `The body was announced with ${expected} bytes and had ${received}`),
  's3.length-missing': () => say(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.'),
  's3.xml-malformed': ({ reason }) => say(400, 'MalformedXML', `Invalid XML payload: ${reason}`),
  's3.argument-invalid': ({ argument, reason }) => say(400, 'InvalidArgument', `${argument}: ${reason}`),
  's3.not-implemented': ({ what }) => say(501, 'NotImplemented', `${what} is not implemented`),
  's3.parts-unordered': () =>
    say(400, 'InvalidPartOrder', 'The list of parts was not in ascending order by part number.'),
  's3.part-too-small': ({ part, size, least }) =>
    say(400, 'EntityTooSmall', `Part ${part} has ${size} bytes; all but the last have at least ${least}`),
}

function say(status: number, code: string, message: string): S3Said {
  return { status, code, message }
}
