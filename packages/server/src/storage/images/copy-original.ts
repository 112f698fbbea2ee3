// Brings an original to a file of its own, where the process that renders reads it, and looks at what it is on the way.

import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

import { Refusal } from '../../refusal/refusal.ts'
import type { BlobId, Blobs } from '../blobs/blobs.ts'
import { SIGNATURE_BYTES, type SourceFormat, sourceFormat } from './transformation/image-format.ts'

interface Copying {
  readonly version: BlobId
  readonly path: string
  /** Bytes. */
  readonly limit: number
  readonly signal: AbortSignal
}

/** Null where there is no such blob. Refuses with `storage.image-invalid` as soon as that shows. */
export async function copyOriginal(
  blobs: Pick<Blobs, 'read'>,
  { version, path, limit, signal }: Copying,
): Promise<SourceFormat | null> {
  const bytes = await blobs.read(version)
  if (bytes === null) return null
  let format: SourceFormat | null = null
  const look = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let head = Buffer.alloc(0)
    let size = 0
    for await (const chunk of source) {
      size += chunk.length
      if (size > limit) throw tooManyBytes(limit)
      if (head.length < SIGNATURE_BYTES) {
        head = Buffer.concat([head, chunk])
        if (head.length >= SIGNATURE_BYTES) format = rendersAs(head)
      }
      yield chunk
    }
    format ??= rendersAs(head)
  }
  await pipeline(bytes, look, createWriteStream(path, { mode: 0o600 }), { signal })
  return format
}

/** What is larger than `[storage.image_transformation] bytes`. */
export function tooManyBytes(limit: number): Refusal<'storage.image-invalid'> {
  const fix = `Upload a smaller file, or raise \`bytes\` in [storage.image_transformation], which is ${limit}.`
  return new Refusal('storage.image-invalid', { problem: 'too-many-bytes' }, { fix })
}

function rendersAs(head: Buffer): SourceFormat {
  const format = sourceFormat(head)
  if (format !== null) return format
  const fix =
    'JPEG, PNG, GIF, WebP, AVIF and TIFF are rendered, and the bytes of this object are none of these. An SVG is passed as it is where no other format is asked for.'
  throw new Refusal('storage.image-invalid', { problem: 'unreadable' }, { fix })
}
