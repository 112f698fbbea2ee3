// The bytes of a request without their framing, and verified against everything the client said of them by the time they
// have ended: whoever stores them must not keep what broke off.

import { Readable } from 'node:stream'

import { Refusal } from '../../../refusal/refusal.ts'
import { headerOf, type ShownSignature, type SignableRequest, UNSIGNED_PAYLOAD } from '../signature/signed-request.ts'
import type { Signer } from '../signature/signing-key.ts'
import { checksums, encodeDigest } from './checksums.ts'
import { chunkSignatures } from './chunk-signatures.ts'
import { decodeChunked } from './decode-chunked.ts'

export interface SignedBody {
  /** Refuses with `s3.*` while it is read. */
  readonly bytes: Readable
  /** How many there will be; null where nobody said. */
  readonly size: number | null
}

const SHA256 = /^[0-9a-f]{64}$/
const FRAMED = /^STREAMING-(AWS4-HMAC-SHA256|UNSIGNED)-PAYLOAD(-TRAILER)?$/

/** Given up, the bytes give up `raw`. Refuses with `s3.*`. */
export function openBody(raw: Readable, request: SignableRequest, shown: ShownSignature, signer: Signer): SignedBody {
  const [framed, kind, trailer] = FRAMED.exec(shown.payload) ?? []
  if (framed === undefined && shown.payload !== UNSIGNED_PAYLOAD && !SHA256.test(shown.payload))
    throw new Refusal('s3.argument-invalid', { argument: 'x-amz-content-sha256', reason: 'is no digest' })
  const expected = expectedDigests(request, shown)
  const size = sizeOf(request, framed !== undefined)
  const bytes =
    framed === undefined
      ? (raw as AsyncIterable<Buffer>)
      : decodeChunked(raw[Symbol.asyncIterator](), {
          signatures: kind === 'UNSIGNED' ? null : chunkSignatures(shown, signer),
          hasTrailer: trailer !== undefined,
          onTrailer: (trailers) => announced(request, trailers, expected),
        })
  const opened = Readable.from(verified(bytes, expected, size), { objectMode: false })
  // A generator that was never begun, or does not hold what it reads, gives up nothing by itself.
  opened.once('close', () => raw.destroy())
  return { bytes: opened, size }
}

async function* verified(
  source: AsyncIterable<Buffer>,
  expected: Map<string, string | null>,
  size: number | null,
): AsyncGenerator<Buffer, void, undefined> {
  const sums = [...expected.keys()].flatMap((header) => {
    const create = checksums[header]
    return create === undefined ? [] : [{ header, sum: create() }]
  })
  let received = 0
  for await (const bytes of source) {
    received += bytes.length
    if (size !== null && received > size) break
    for (const { sum } of sums) sum.update(bytes)
    yield bytes
  }
  if (size !== null && received !== size) throw new Refusal('s3.body-incomplete', { expected: size, received })
  for (const { header, sum } of sums)
    if (encodeDigest(header, sum.digest()) !== expected.get(header))
      throw new Refusal('s3.digest-mismatch', { algorithm: header })
}

/** By header; null for what a trailer is going to say. */
function expectedDigests(request: SignableRequest, shown: ShownSignature): Map<string, string | null> {
  const said = Object.keys(checksums)
    .filter((header) => header !== 'x-amz-content-sha256')
    .map((header) => [header, headerOf(request, header)] as const)
    .filter(([, value]) => value !== null)
  const signed = SHA256.test(shown.payload) ? [['x-amz-content-sha256', shown.payload] as const] : []
  return new Map<string, string | null>([
    ...said,
    ...signed,
    ...trailerNames(request).map((name): [string, null] => [name, null]),
  ])
}

function trailerNames(request: SignableRequest): readonly string[] {
  const names = headerOf(request, 'x-amz-trailer')?.split(',') ?? []
  return names.map((name) => name.trim().toLowerCase()).filter((name) => name !== '')
}

/** Refuses with `s3.body-malformed` where a trailer was announced and did not come. */
function announced(
  request: SignableRequest,
  trailers: ReadonlyMap<string, string>,
  expected: Map<string, string | null>,
): void {
  for (const name of trailerNames(request)) {
    const value = trailers.get(name)
    if (value === undefined) throw new Refusal('s3.body-malformed', { reason: `The trailer ${name} is missing` })
    expected.set(name, value)
  }
}

/** Refuses with `s3.argument-invalid`. */
function sizeOf(request: SignableRequest, isFramed: boolean): number | null {
  const header = isFramed ? 'x-amz-decoded-content-length' : 'content-length'
  const text = headerOf(request, header)
  if (text === null) return null
  if (!/^\d{1,15}$/.test(text)) throw new Refusal('s3.argument-invalid', { argument: header, reason: 'is no number' })
  return Number(text)
}
