// Finds the signature of a request: in its header, else in its query.

import { Refusal } from '../../../refusal/refusal.ts'
import { parseAmzDate } from './amz-date.ts'
import { parseQuery, type QueryPair, valueOf } from './parse-query.ts'
import {
  type CredentialScope,
  EMPTY_SHA256,
  headerOf,
  type ShownSignature,
  type SignableRequest,
  UNSIGNED_PAYLOAD,
} from './signed-request.ts'

const ALGORITHM = 'AWS4-HMAC-SHA256'
const SIGNATURE = /^[0-9a-f]{64}$/
const LONGEST_EXPIRY = 7 * 24 * 3600

/**
 * Null where there is none. An `Authorization` of another scheme is no signature, so that it does not stand in the way of a
 * signed URL. Refuses with `s3.signature-malformed`.
 */
export function parseSignature(request: SignableRequest): ShownSignature | null {
  const authorization = headerOf(request, 'authorization')
  if (authorization?.startsWith(`${ALGORITHM} `) === true) return fromHeader(request, authorization)
  const query = parseQuery(request.url)
  return valueOf(query, 'X-Amz-Signature') === null && valueOf(query, 'X-Amz-Credential') === null
    ? null
    : fromQuery(request, query)
}

function fromHeader(request: SignableRequest, authorization: string): ShownSignature {
  const fields = new Map(
    authorization
      .slice(ALGORITHM.length + 1)
      .split(',')
      .map((field): [string, string] => {
        const [name = '', ...value] = field.trim().split('=')
        return [name, value.join('=')]
      }),
  )
  return {
    kind: 'header',
    scope: parseScope(fields.get('Credential') ?? null),
    ...parseDate(headerOf(request, 'x-amz-date')),
    signedHeaders: parseSignedHeaders(fields.get('SignedHeaders') ?? null),
    signature: parseDigest(fields.get('Signature') ?? null),
    sessionToken: headerOf(request, 'x-amz-security-token'),
    payload: headerOf(request, 'x-amz-content-sha256') ?? EMPTY_SHA256,
    expires: null,
  }
}

function fromQuery(request: SignableRequest, query: readonly QueryPair[]): ShownSignature {
  const algorithm = valueOf(query, 'X-Amz-Algorithm')
  if (algorithm !== null && algorithm !== ALGORITHM) throw malformed(`The algorithm is not ${ALGORITHM}`)
  const signedHeaders = parseSignedHeaders(valueOf(query, 'X-Amz-SignedHeaders'))
  const header = signedHeaders.includes('x-amz-content-sha256') ? headerOf(request, 'x-amz-content-sha256') : null
  return {
    kind: 'query',
    scope: parseScope(valueOf(query, 'X-Amz-Credential')),
    ...parseDate(valueOf(query, 'X-Amz-Date')),
    signedHeaders,
    signature: parseDigest(valueOf(query, 'X-Amz-Signature')),
    sessionToken: valueOf(query, 'X-Amz-Security-Token'),
    payload: header ?? valueOf(query, 'X-Amz-Content-Sha256') ?? UNSIGNED_PAYLOAD,
    expires: parseExpires(valueOf(query, 'X-Amz-Expires')),
  }
}

/** Of a header, a URL or a form. Refuses with `s3.signature-malformed`. */
export function parseScope(text: string | null): CredentialScope {
  const parts = text?.split('/') ?? []
  const [accessKeyId, day, region, service, end] = parts
  if (parts.length !== 5 || accessKeyId === undefined || day === undefined || region === undefined)
    throw malformed('The credential is not <key>/<day>/<region>/s3/aws4_request')
  if (service === undefined || end !== 'aws4_request') throw malformed('The credential does not end with aws4_request')
  return { accessKeyId, day, region, service }
}

/** Refuses with `s3.signature-malformed`. */
export function parseDate(text: string | null): Pick<ShownSignature, 'date' | 'time'> {
  if (text === null) throw malformed('The date of the signature (X-Amz-Date) is missing')
  const time = parseAmzDate(text)
  if (time === null) throw malformed('The date of the signature is not of the form 20260102T030405Z')
  return { date: text, time }
}

/** Refuses with `s3.signature-malformed`. */
export function parseDigest(text: string | null): string {
  if (text === null || !SIGNATURE.test(text)) throw malformed('The signature is not 64 digits in hex')
  return text
}

function parseSignedHeaders(text: string | null): readonly string[] {
  if (text === null || text === '') throw malformed('The list of signed headers is missing')
  return text.split(';').map((name) => name.toLowerCase())
}

function parseExpires(text: string | null): number {
  const seconds = text !== null && /^\d{1,7}$/.test(text) ? Number(text) : 0
  if (seconds < 1 || seconds > LONGEST_EXPIRY)
    throw malformed(`X-Amz-Expires must be a number of seconds from 1 to ${LONGEST_EXPIRY}`)
  return seconds
}

function malformed(reason: string): Refusal {
  return new Refusal('s3.signature-malformed', { reason })
}
