// Bytes for the suite of the drivers, and what becomes of them.

import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import type { BlobId, Blobs, ByteRange } from '../blobs.ts'

/** The same for the same size and seed, and without a period that a mixed-up piece could hide in. */
export function someBytes(size: number, seed = 1): Buffer {
  const bytes = Buffer.allocUnsafe(size)
  let state = seed * 2_654_435_761
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

/** In pieces, as from a socket. */
export function streamOf(bytes: Buffer, piece = 16_384): Readable {
  let at = 0
  return new Readable({
    read() {
      this.push(at >= bytes.length ? null : bytes.subarray(at, (at += piece)))
    },
  })
}

/** Yields the bytes and then fails, as where a client goes away. */
export function brokenStream(bytes: Buffer, error: Error): Readable {
  return Readable.from(
    (async function* broken() {
      yield* streamOf(bytes)
      throw error
    })(),
    { objectMode: false },
  )
}

export async function readAll(blobs: Blobs, id: BlobId, range?: ByteRange): Promise<Buffer | null> {
  const stream = await blobs.read(id, range)
  return stream === null ? null : await buffer(stream)
}

export function md5(...pieces: readonly Buffer[]): string {
  const hash = createHash('md5')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}

/** The entity tag of a blob in parts. */
export function joinedEtag(...parts: readonly Buffer[]): string {
  return `${md5(...parts.map((part) => Buffer.from(md5(part), 'hex')))}-${parts.length}`
}
