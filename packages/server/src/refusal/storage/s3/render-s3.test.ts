import { expect, test } from 'vitest'

import { type AnyRefusal, Refusal } from '../../refusal.ts'
import { renderStorage } from '../render-storage.ts'
import { renderS3 } from './render-s3.ts'

test.each<[Refusal, number, string]>([
  [new Refusal('s3.signature-missing', {}), 403, 'AccessDenied'],
  [new Refusal('s3.access-key-unknown', { accessKeyId: 'a' }), 403, 'InvalidAccessKeyId'],
  [new Refusal('s3.signature-mismatch', { canonicalRequest: null }), 403, 'SignatureDoesNotMatch'],
  [new Refusal('s3.time-skewed', { requestTime: 1, serverTime: 2 }), 403, 'RequestTimeTooSkewed'],
  [new Refusal('s3.signature-expired', { expiredAt: 1 }), 400, 'ExpiredToken'],
  [new Refusal('s3.length-missing', {}), 411, 'MissingContentLength'],
  [new Refusal('s3.not-implemented', { what: 'x' }), 501, 'NotImplemented'],
  [new Refusal('storage.bucket-not-found', { bucket: 'b' }), 404, 'NoSuchBucket'],
  [new Refusal('storage.object-not-found', { bucket: 'b', name: 'n' }), 404, 'NoSuchKey'],
  [new Refusal('storage.too-large', { limit: 1 }), 413, 'EntityTooLarge'],
  [new Refusal('storage.metadata-too-large', { reason: 'x' }), 400, 'MetadataTooLarge'],
  [new Refusal('storage.precondition-failed', {}), 412, 'PreconditionFailed'],
  [new Refusal('storage.upload-broken-off', {}), 400, 'AbortedTerminate'],
  [new Refusal('token.expired', { expiredAt: 1, now: 2 }), 403, 'AccessDenied'],
])('%s is said with the status that it has', (refusal, status, code) => {
  expect(renderS3(refusal as AnyRefusal)).toMatchObject({ status, code })
})

test('what belongs to another door says nothing here', () => {
  expect(renderS3(new Refusal('catalog.not-loaded', { retryAfter: 1 }) as AnyRefusal)).toBe(null)
})

test.each([
  ['22021', 'invalid byte sequence for encoding "UTF8": 0x00', 400, 'InvalidParameter'],
  ['22003', 'value "99999999999" is out of range for type integer', 400, 'InvalidParameter'],
  ['22023', 'role "nobody" does not exist', 403, 'AccessDenied'],
  ['22023', 'LIMIT must not be negative', 500, 'DatabaseError'],
])('what Postgres says with %s, %s, is said with %i in both dialects', (sqlstate, message, status, code) => {
  const refusal = new Refusal('postgres.error', { sqlstate, message, detail: null, hint: null, role: null })
  expect(renderS3(refusal as AnyRefusal)).toMatchObject({ status, code })
  expect(renderStorage(refusal as AnyRefusal)?.body).toMatchObject({ statusCode: `${status}`, code })
})
