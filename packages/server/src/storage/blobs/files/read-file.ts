// Reads blobs. Whoever has opened one reads it to its end, even where it is removed meanwhile.

import type { Readable } from 'node:stream'

import type { ByteRange } from '../blobs.ts'
import { fewerBytes } from '../fewer-bytes.ts'
import { onDisk, openExisting } from './disk.ts'

const CHUNK = 256 * 1024

/** Null where there is no such file. */
export async function readFile(path: string, range?: ByteRange): Promise<Readable | null> {
  const handle = await openExisting(path)
  return handle === null ? null : handle.createReadStream({ ...range, highWaterMark: CHUNK })
}

/** `size` bytes from the beginning; null where there is no such file. */
export async function readFileWhole(path: string, size: number): Promise<Buffer | null> {
  const handle = await openExisting(path)
  if (handle === null) return null
  try {
    const bytes = Buffer.allocUnsafe(size)
    const { bytesRead } = await onDisk(handle.read(bytes, 0, size, 0))
    if (bytesRead === size) return bytes
  } finally {
    await handle.close()
  }
  throw fewerBytes()
}
