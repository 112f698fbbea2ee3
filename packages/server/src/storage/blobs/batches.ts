// What flows in, counted, bounded, and gathered into batches that are worth a system call or a request each.

import type { Readable } from 'node:stream'

import { Refusal } from '../../refusal/refusal.ts'

/**
 * Batches of at least `size` bytes, but for the last one. Refuses with `storage.too-large` what is more than `limit`. The
 * stream is left as it stands, whatever happens.
 */
export async function* batchesOf(bytes: Readable, limit: number, size: number): AsyncGenerator<Buffer, undefined> {
  let chunks: Buffer[] = []
  let [gathered, total] = [0, 0]
  for await (const chunk of bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    total += chunk.length
    if (total > limit) throw new Refusal('storage.too-large', { limit })
    chunks.push(chunk)
    gathered += chunk.length
    if (gathered < size) continue
    yield joined(chunks)
    chunks = []
    gathered = 0
  }
  if (gathered > 0) yield joined(chunks)
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks
  return only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks)
}
