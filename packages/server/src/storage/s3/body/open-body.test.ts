import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'

import { isRefusal } from '../../../refusal/refusal.ts'
import { EMPTY_SHA256, type ShownSignature } from '../signature/signed-request.ts'
import { createSigner } from '../signature/signing-key.ts'
import { openBody } from './open-body.ts'

const scope = { accessKeyId: 'AKID', day: '20260102', region: 'local', service: 's3' }
const SEED = 'a'.repeat(64)
const DATE = '20260102T030405Z'
const signer = createSigner('secret', scope)

function shown(payload: string): ShownSignature {
  const nothing = { signedHeaders: [], sessionToken: null, expires: null }
  return { kind: 'header', scope, date: DATE, time: 0, signature: SEED, payload, ...nothing }
}

async function read(text: string, payload: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const raw = Readable.from([Buffer.from(text.slice(0, 5)), Buffer.from(text.slice(5))])
  const chunks: Buffer[] = []
  try {
    const { bytes } = openBody(raw, { method: 'PUT', url: '/', headers }, shown(payload), signer)
    for await (const each of bytes as AsyncIterable<Buffer>) chunks.push(each)
  } catch (error) {
    if (!isRefusal(error)) throw error
    return error.code
  }
  return Buffer.concat(chunks).toString()
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** As a client signs: each signature over the one before. */
function sign(previous: string, algorithm: string, rest: readonly string[]): string {
  const key = ['20260102', 'local', 's3', 'aws4_request'].reduce<Buffer | string>(
    (one, part) => createHmac('sha256', one).update(part).digest(),
    'AWS4secret',
  )
  const text = [algorithm, DATE, '20260102/local/s3/aws4_request', previous, ...rest].join('\n')
  return createHmac('sha256', key).update(text).digest('hex')
}

function signedChunks(chunks: readonly string[], trailer: string | null = null): string {
  let previous = SEED
  const lines = [...chunks, ''].map((chunk) => {
    previous = sign(previous, 'AWS4-HMAC-SHA256-PAYLOAD', [EMPTY_SHA256, sha256(chunk)])
    const end = chunk === '' ? '' : '\r\n'
    return `${chunk.length.toString(16)};chunk-signature=${previous}\r\n${chunk}${end}`
  })
  if (trailer === null) return `${lines.join('')}\r\n`
  const signature = sign(previous, 'AWS4-HMAC-SHA256-TRAILER', [sha256(`${trailer}\n`)])
  return `${lines.join('')}${trailer}\r\nx-amz-trailer-signature:${signature}\r\n\r\n`
}

const SIGNED = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'
const CRC32 = 'x-amz-checksum-crc32:DUoRhQ=='

test('a body whose digest was signed is that body', async () => {
  expect(await read('hello world', sha256('hello world'))).toBe('hello world')
  expect(await read('hello w0rld', sha256('hello world'))).toBe('s3.digest-mismatch')
})

test('a body that was signed as empty is empty', async () => {
  expect(await read('', EMPTY_SHA256)).toBe('')
  expect(await read('more', EMPTY_SHA256)).toBe('s3.digest-mismatch')
})

describe('signed chunks', () => {
  test('come together', async () => {
    expect(await read(signedChunks(['hello', ' world']), SIGNED)).toBe('hello world')
  })

  test.each([
    ['one of whose bytes was changed', (text: string) => text.replace('hello', 'jello')],
    ['in another order', (text: string) => text.replace('hello', ' wrld').replace(' world', 'hellow')],
    ['one of which is missing', (text: string) => text.slice(text.indexOf('hello') + 7)],
    ['with another signature', (text: string) => text.replace(/=[0-9a-f]{64}/, `=${'0'.repeat(64)}`)],
  ])('%s are refused', async (_what, change) => {
    expect(await read(change(signedChunks(['hello', ' world'])), SIGNED)).toBe('s3.signature-mismatch')
  })

  test('without signatures are refused', async () => {
    expect(await read('5\r\nhello\r\n0\r\n\r\n', SIGNED)).toBe('s3.body-malformed')
  })
})

describe('headers behind the chunks', () => {
  const headers = { 'x-amz-trailer': 'x-amz-checksum-crc32' }

  test('are verified, signed or not', async () => {
    const unsigned = `b\r\nhello world\r\n0\r\n${CRC32}\r\n\r\n`
    expect(await read(unsigned, 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', headers)).toBe('hello world')
    expect(await read(signedChunks(['hello world'], CRC32), `${SIGNED}-TRAILER`, headers)).toBe('hello world')
  })

  test.each([
    ['that are missing', 'b\r\nhello world\r\n0\r\n\r\n', 's3.body-malformed'],
    ['that do not fit the bytes', `b\r\nhello w0rld\r\n0\r\n${CRC32}\r\n\r\n`, 's3.digest-mismatch'],
  ])('%s are refused', async (_what, text, code) => {
    expect(await read(text, 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', headers)).toBe(code)
  })

  test('whose signature is wrong are refused', async () => {
    const text = signedChunks(['hello world'], CRC32).replace(/(trailer-signature:)[0-9a-f]{64}/, `$1${'0'.repeat(64)}`)
    expect(await read(text, `${SIGNED}-TRAILER`, headers)).toBe('s3.signature-mismatch')
    const none = signedChunks(['hello world'])
    expect(await read(none, `${SIGNED}-TRAILER`, headers)).toBe('s3.signature-mismatch')
  })
})

test.each([
  ['fewer', { 'content-length': '12' }],
  ['more', { 'content-length': '3' }],
])('%s bytes than were announced are refused', async (_what, headers) => {
  expect(await read('hello world', 'UNSIGNED-PAYLOAD', headers)).toBe('s3.body-incomplete')
})

test('the length of chunks is the one of what they carry', async () => {
  const headers = { 'x-amz-decoded-content-length': '11', 'content-length': '999' }
  expect(await read(signedChunks(['hello', ' world']), SIGNED, headers)).toBe('hello world')
})

test.each([
  ['a word that S3 does not have', 'STREAMING-SOMETHING', {}],
  ['a length that is no number', SIGNED, { 'x-amz-decoded-content-length': '1e3' }],
])('%s is refused', async (_what, payload, headers) => {
  expect(await read('', payload, headers)).toBe('s3.argument-invalid')
})

test('an MD5 of the body is verified', async () => {
  const headers = { 'content-md5': createHash('md5').update('hello world').digest('base64') }
  expect(await read('hello world', 'UNSIGNED-PAYLOAD', headers)).toBe('hello world')
  expect(await read('hello w0rld', 'UNSIGNED-PAYLOAD', headers)).toBe('s3.digest-mismatch')
})

test.each(['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'])(
  'a body of %s that is given up gives up the one of the request, read or not',
  async (payload) => {
    for (const begins of [true, false]) {
      const raw = Readable.from([Buffer.from('5\r\nhello\r\n'), Buffer.from('6\r\n world\r\n0\r\n\r\n')])
      const { bytes } = openBody(raw, { method: 'PUT', url: '/', headers: {} }, shown(payload), signer)
      if (begins) await once(bytes, 'readable')
      await once(bytes.destroy(), 'close')
      expect(raw.destroyed).toBe(true)
    }
  },
)
