import { SignatureV4 } from '@smithy/signature-v4'
import * as fc from 'fast-check'
import { createHash, createHmac } from 'node:crypto'
import { expect, test } from 'vitest'

import { isRefusal } from '../../../refusal/refusal.ts'
import { encodeStrictly } from './parse-query.ts'
import { parseSignature } from './parse-signature.ts'
import type { SignableRequest } from './signed-request.ts'
import { verifySignature } from './verify-signature.ts'

const SECRET = 'a secret of 20 letters'
const NOW = Date.parse('2026-01-02T03:04:05Z')
const options = { secrets: [SECRET], region: 'local', now: NOW, ownPrefix: '/storage/v1/s3' }

class Sha256 {
  readonly #hash
  constructor(key?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', keyOf(key))
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data)
  }
  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest())
  }
  reset(): void {}
}

function keyOf(key: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof key === 'string') return Buffer.from(key)
  return ArrayBuffer.isView(key) ? Buffer.from(key.buffer, key.byteOffset, key.byteLength) : Buffer.from(key)
}

const signer = new SignatureV4({
  credentials: { accessKeyId: 'AKID', secretAccessKey: SECRET },
  region: 'local',
  service: 's3',
  sha256: Sha256,
  uriEscapePath: false,
})

interface Wanted {
  readonly method: string
  readonly key: readonly string[]
  readonly query: Readonly<Record<string, string>>
  readonly meta: string
}

/** The SDK's signer keeps what it signs in an object, where the one name that is left out here gets lost. */
const queryName = fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => name !== '__proto__')

const wanted: fc.Arbitrary<Wanted> = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'DELETE', 'HEAD', 'POST'),
  key: fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 4 }),
  query: fc.dictionary(queryName, fc.string({ unit: 'grapheme' }), { maxKeys: 4 }),
  meta: fc.stringMatching(/^[!-~]([ -~]*[!-~])?$/),
})

function unsigned({ method, key, query, meta }: Wanted) {
  const path = `/storage/v1/s3/${['bucket', ...key].map(encodeStrictly).join('/')}`
  const headers = { host: '127.0.0.1:54321', 'x-amz-meta-note': meta, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  return { method, protocol: 'http:', hostname: '127.0.0.1', path, query: { ...query }, headers }
}

type Signed = Awaited<ReturnType<typeof signer.sign>>

/** As it arrives: header names in lower case, the query behind the path. */
function arrived({ method, path, query, headers }: Signed): SignableRequest {
  const pairs = Object.entries(query ?? {}).map(
    ([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(String(value))}`,
  )
  const url = pairs.length === 0 ? path : `${path}?${pairs.join('&')}`
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  return { method, url, headers: Object.fromEntries(lower) as Record<string, string> }
}

function verdict(request: SignableRequest): string {
  try {
    const shown = parseSignature(request)
    if (shown === null) return 's3.signature-missing'
    verifySignature(request, shown, options)
    return 'good'
  } catch (error) {
    if (!isRefusal(error)) throw error
    return error.code
  }
}

test('what the signer of the SDK signs in a header is good', async () => {
  await fc.assert(
    fc.asyncProperty(wanted, async (each) => {
      const signed = await signer.sign(unsigned(each), { signingDate: new Date(NOW) })
      expect(verdict(arrived(signed))).toBe('good')
    }),
  )
})

test('what the signer of the SDK signs in a URL is good', async () => {
  await fc.assert(
    fc.asyncProperty(wanted, async (each) => {
      const signed = await signer.presign(unsigned(each), { signingDate: new Date(NOW), expiresIn: 60 })
      expect(verdict(arrived(signed))).toBe('good')
    }),
  )
})

test('one changed character of the path, the query or a signed header is refused', async () => {
  await fc.assert(
    fc.asyncProperty(wanted, fc.nat(), fc.boolean(), async (each, position, inUrl) => {
      const request = arrived(
        inUrl
          ? await signer.presign(unsigned(each), { signingDate: new Date(NOW), expiresIn: 60 })
          : await signer.sign(unsigned(each), { signingDate: new Date(NOW) }),
      )
      expect(verdict(tamper(request, position))).not.toBe('good')
    }),
  )
})

/** Replaces one character by its neighbour in the alphabet of URLs; a slash or a percent sign becomes a letter. */
function tamper(request: SignableRequest, position: number): SignableRequest {
  const places = [...request.url.matchAll(/[A-Za-z0-9]/g)].map(({ index }) => index)
  const index = places[position % (places.length + 1)]
  if (index === undefined) return { ...request, headers: { ...request.headers, host: 'another.example' } }
  const character = request.url.charAt(index)
  const other = character === 'z' ? 'y' : character === 'Z' ? 'Y' : character === '9' ? '8' : next(character)
  return { ...request, url: `${request.url.slice(0, index)}${other}${request.url.slice(index + 1)}` }
}

function next(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) + 1)
}
