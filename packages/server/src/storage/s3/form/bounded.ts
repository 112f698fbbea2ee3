// The bytes of a file, held to what a policy lets it have.

import { Readable } from 'node:stream'

import { Refusal } from '../../../refusal/refusal.ts'
import type { SizeBounds } from './policy.ts'

/** Fails with `storage.too-large`, or at its end with `s3.policy-refused` where it is too small. */
export function bounded(file: Readable, { least, most }: SizeBounds): Readable {
  return Readable.from(counted(file, { least, most }), { objectMode: false })
}

async function* counted(file: Readable, { least, most }: SizeBounds): AsyncGenerator<Buffer, void, undefined> {
  let size = 0
  for await (const bytes of file as AsyncIterable<Buffer>) {
    size += bytes.length
    if (size > most) throw new Refusal('storage.too-large', { limit: most })
    yield bytes
  }
  if (size < least) throw new Refusal('s3.policy-refused', { reason: `the file has fewer than ${least} bytes` })
}
