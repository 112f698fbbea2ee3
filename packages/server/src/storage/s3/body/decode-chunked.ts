// Takes off the framing `aws-chunked`: chunks that each name their size and, where the body is signed, their signature,
// and behind the last one the headers that could only be known then.

import { createHash } from 'node:crypto'

import { Refusal } from '../../../refusal/refusal.ts'
import { type ByteReader, createByteReader } from './byte-reader.ts'

/** Verifies each chunk, which is signed together with the signature before it. */
export interface ChunkSignatures {
  /** `digest` is the SHA-256 of the chunk in hex. */
  chunk(digest: string, signature: string): boolean
  /** `lines` are the trailers as they are signed. */
  trailer(lines: string, signature: string): boolean
}

export interface ChunkedOptions {
  /** Null where the chunks are not signed. */
  readonly signatures: ChunkSignatures | null
  /** Whether headers follow the last chunk. */
  readonly hasTrailer: boolean
  /** Told the headers behind the last chunk, by their names in lower case. */
  readonly onTrailer: (trailers: ReadonlyMap<string, string>) => void
}

const HEADER = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/
const LINE = 4096
const TRAILERS = 16
const TRAILER_SIGNATURE = 'x-amz-trailer-signature'

/** Refuses with `s3.body-malformed` and, where a signature is not that of its chunk, `s3.signature-mismatch`. */
export async function* decodeChunked(
  source: AsyncIterator<Buffer>,
  { signatures, hasTrailer, onTrailer }: ChunkedOptions,
): AsyncGenerator<Buffer, void, undefined> {
  const reader = createByteReader(source)
  for (;;) {
    const { size, signature } = await readHeader(reader, signatures !== null)
    const hash = createHash('sha256')
    for (let left = size; left > 0;) {
      const bytes = await reader.bytes(left)
      if (bytes === null) throw malformed('The body ends within a chunk')
      if (signatures !== null) hash.update(bytes)
      left -= bytes.length
      yield bytes
    }
    if (signatures !== null && !signatures.chunk(hash.digest('hex'), signature))
      throw new Refusal('s3.signature-mismatch', { canonicalRequest: null })
    if (size === 0) break
    if ((await reader.line(LINE)) !== '') throw malformed('A chunk is not followed by CRLF')
  }
  onTrailer(await readTrailers(reader, hasTrailer, signatures))
  if ((await reader.bytes(1)) !== null) throw malformed('Bytes follow the last chunk')
}

async function readHeader(reader: ByteReader, isSigned: boolean): Promise<{ size: number; signature: string }> {
  const line = await reader.line(LINE)
  if (line === null) throw malformed('The last chunk is missing')
  const [, size, signature] = HEADER.exec(line) ?? []
  if (size === undefined) throw malformed('Invalid chunk header')
  if (isSigned && signature === undefined) throw malformed('Missing chunk signature')
  return { size: Number.parseInt(size, 16), signature: signature ?? '' }
}

async function readTrailers(
  reader: ByteReader,
  hasTrailer: boolean,
  signatures: ChunkSignatures | null,
): Promise<ReadonlyMap<string, string>> {
  const trailers = new Map<string, string>()
  let lines = ''
  for (;;) {
    const line = await reader.line(LINE)
    // Some clients leave out the last empty line.
    if (line === '' || line === null) break
    const colon = line.indexOf(':')
    if (!hasTrailer || colon < 1 || trailers.size >= TRAILERS) throw malformed('Invalid trailer')
    const name = line.slice(0, colon).trim().toLowerCase()
    const value = line.slice(colon + 1).trim()
    trailers.set(name, value)
    if (name !== TRAILER_SIGNATURE) lines += `${name}:${value}\n`
  }
  if (hasTrailer && signatures !== null && !signatures.trailer(lines, trailers.get(TRAILER_SIGNATURE) ?? ''))
    throw new Refusal('s3.signature-mismatch', { canonicalRequest: null })
  return trailers
}

function malformed(reason: string): Refusal {
  return new Refusal('s3.body-malformed', { reason })
}
