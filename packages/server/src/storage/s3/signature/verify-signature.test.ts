import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'

import { isRefusal } from '../../../refusal/refusal.ts'
import { parseSignature } from './parse-signature.ts'
import type { SignableRequest } from './signed-request.ts'
import { sha256 } from './signing-key.ts'
import { verifySignature } from './verify-signature.ts'

const NOW = Date.parse('2026-01-02T03:04:05Z')
const DATE = '20260102T030405Z'
const MINUTE = 60_000

interface Ask {
  readonly url?: string
  readonly signedUrl?: string
  readonly signedHost?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly unsignedHeaders?: Readonly<Record<string, string>>
  readonly scope?: string
  readonly date?: string
}

/** Signed by hand, so that each thing may be signed wrongly. */
function signed(ask: Ask = {}): SignableRequest {
  const { url = '/storage/v1/s3/bucket/key', scope = '20260102/local/s3/aws4_request', date = DATE } = ask
  const headers: Record<string, string> = {
    host: 'localhost:54321',
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-amz-date': date,
    ...ask.headers,
  }
  const names = Object.keys(headers).toSorted()
  const [path = '', query = ''] = (ask.signedUrl ?? url).split('?')
  const lines = names.map((name) => `${name}:${name === 'host' ? (ask.signedHost ?? headers[name]) : headers[name]}\n`)
  const canonical = ['GET', path, query, lines.join(''), names.join(';'), 'UNSIGNED-PAYLOAD'].join('\n')
  const key = scope
    .split('/')
    .reduce<Buffer | string>((one, part) => createHmac('sha256', one).update(part).digest(), 'AWS4secret')
  const signature = createHmac('sha256', key)
    .update(['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n'))
    .digest('hex')
  const authorization = `AWS4-HMAC-SHA256 Credential=AKID/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`
  return { method: 'GET', url, headers: { ...headers, ...ask.unsignedHeaders, authorization } }
}

function verdict(request: SignableRequest, now = NOW): string {
  try {
    const shown = parseSignature(request)
    if (shown === null) return 's3.signature-missing'
    verifySignature(request, shown, { secrets: ['other', 'secret'], region: 'local', now, ownPrefix: '/storage/v1/s3' })
    return 'good'
  } catch (error) {
    if (!isRefusal(error)) throw error
    return error.code
  }
}

test('any of the secrets may have signed', () => {
  expect(verdict(signed())).toBe('good')
})

test('a path that was encoded less strictly than it was signed is the same path', () => {
  const url = "/storage/v1/s3/bucket/a(1)'s*!.txt"
  expect(verdict(signed({ url, signedUrl: '/storage/v1/s3/bucket/a%281%29%27s%2A%21.txt' }))).toBe('good')
})

test('values of a header count with single spaces between words', () => {
  const request = signed({ headers: { 'x-amz-meta-note': 'two words' } })
  expect(verdict({ ...request, headers: { ...request.headers, 'x-amz-meta-note': '  two   words ' } })).toBe('good')
})

describe('behind a proxy', () => {
  test('the host that the client asked is the one that counts', () => {
    const forwarded = { 'x-forwarded-host': 'files.example' }
    expect(verdict(signed({ signedHost: 'files.example', unsignedHeaders: forwarded }))).toBe('good')
    const withPort = { ...forwarded, 'x-forwarded-port': '8443' }
    expect(verdict(signed({ signedHost: 'files.example:8443', unsignedHeaders: withPort }))).toBe('good')
  })

  test('what it cut off the path is put back', () => {
    const signedUrl = '/api/storage/v1/s3/bucket/key'
    expect(verdict(signed({ signedUrl, unsignedHeaders: { 'x-forwarded-prefix': '/api/' } }))).toBe('good')
  })

  test('a prefix that would turn a part of a signed name into another bucket is refused', () => {
    const signedUrl = '/storage/v1/s3/mine/storage/v1/s3/bucket/key'
    const unsignedHeaders = { 'x-forwarded-prefix': '/storage/v1/s3/mine' }
    expect(verdict(signed({ signedUrl, unsignedHeaders }))).toBe('s3.signature-mismatch')
  })
})

describe('refused is', () => {
  test('a request that is older or younger than a quarter of an hour', () => {
    expect(verdict(signed(), NOW + 15 * MINUTE)).toBe('good')
    expect(verdict(signed(), NOW + 15 * MINUTE + 1)).toBe('s3.time-skewed')
    expect(verdict(signed(), NOW - 15 * MINUTE - 1)).toBe('s3.time-skewed')
  })

  test('a header of S3 that was added to what was signed', () => {
    const unsignedHeaders = { 'x-amz-copy-source': 'others/secret' }
    expect(verdict(signed({ unsignedHeaders }))).toBe('s3.headers-unsigned')
  })

  test.each([
    ['another service', '20260102/local/ec2/aws4_request'],
    ['another region', '20260102/eu-north-1/s3/aws4_request'],
    ['another day', '20260101/local/s3/aws4_request'],
  ])('%s', (_name, scope) => {
    expect(verdict(signed({ scope }))).toBe('s3.scope-wrong')
  })

  test.each(['us-east-1', 'auto'])('no region %s, which clients name that know none', (region) => {
    expect(verdict(signed({ scope: `20260102/${region}/s3/aws4_request` }))).toBe('good')
  })
})

describe('a signature that cannot be read is refused', () => {
  test.each([
    ['without a credential', 'AWS4-HMAC-SHA256 SignedHeaders=host, Signature=00'],
    ['with half a credential', `AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=${'0'.repeat(64)}`],
    ['with a short signature', 'AWS4-HMAC-SHA256 Credential=a/b/c/s3/aws4_request, SignedHeaders=host, Signature=00'],
    ['with nothing', 'AWS4-HMAC-SHA256 '],
  ])('%s', (_name, authorization) => {
    const request = { method: 'GET', url: '/', headers: { host: 'h', 'x-amz-date': DATE, authorization } }
    expect(verdict(request)).toBe('s3.signature-malformed')
  })

  test.each(['0', '604801', '-1', 'soon', ''])('X-Amz-Expires %j', (expires) => {
    const query = `X-Amz-Credential=a/20260102/local/s3/aws4_request&X-Amz-Date=${DATE}&X-Amz-SignedHeaders=host`
    const url = `/?${query}&X-Amz-Signature=${'0'.repeat(64)}&X-Amz-Expires=${expires}`
    expect(verdict({ method: 'GET', url, headers: { host: 'h' } })).toBe('s3.signature-malformed')
  })
})

test('an Authorization of another scheme is no signature', () => {
  expect(verdict({ method: 'GET', url: '/', headers: { authorization: 'Bearer x' } })).toBe('s3.signature-missing')
})
