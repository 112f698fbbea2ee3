// What a store sends, as whoever reads it is to have it: failures are refusals in our words, and silence has an end.

import { Readable } from 'node:stream'

import { Refusal } from '../../../../refusal/refusal.ts'

/**
 * Refuses with `storage.bytes-unavailable` where the store breaks off, or sends nothing for `patience` milliseconds while
 * somebody waits for it. Whoever takes their time to read may.
 */
export function received(body: Readable, patience: number): Readable {
  return heldBy(Readable.from(chunksOf(body, patience), { objectMode: false }), body)
}

/** `stream` reads `source`: a generator that was never begun, or still waits, would give up nothing with it. */
export function heldBy(stream: Readable, source: Readable): Readable {
  return stream.once('close', () => source.destroy())
}

async function* chunksOf(body: Readable, patience: number): AsyncGenerator<Buffer> {
  const chunks = body.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>
  for (;;) {
    const waiting = setTimeout(() => body.destroy(broken('The store of the bytes went silent')), patience)
    const next = await chunks
      .next()
      .catch((error: unknown) => {
        throw error instanceof Refusal ? error : broken('The store of the bytes broke off', error)
      })
      .finally(() => clearTimeout(waiting))
    if (next.done === true) return
    yield next.value
  }
}

function broken(reason: string, cause?: unknown): Refusal<'storage.bytes-unavailable'> {
  return new Refusal('storage.bytes-unavailable', { reason }, { cause })
}
