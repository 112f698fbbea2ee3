// Hands a file out through two buffers that are filled again and again: while one is being sent, the other is read into.

import type { FileHandle } from 'node:fs/promises'

import type { ByteRange } from '../blobs.ts'
import { fewerBytes } from '../fewer-bytes.ts'
import { onDisk, openExisting } from './disk.ts'

const CHUNK = 512 * 1024

/** As `Blobs.pour`. Refuses with `storage.bytes-unavailable` a file that ends before the range does. */
export async function pourFile(
  path: string,
  range: ByteRange,
  write: (chunk: Buffer) => Promise<void>,
): Promise<boolean> {
  const handle = await openExisting(path)
  if (handle === null) return false
  try {
    await pour(handle, range, write)
    return true
  } finally {
    await handle.close()
  }
}

async function pour(
  handle: FileHandle,
  { start, end }: ByteRange,
  write: (chunk: Buffer) => Promise<void>,
): Promise<void> {
  const size = Math.min(CHUNK, end - start + 1)
  let [filling, sending] = [Buffer.allocUnsafeSlow(size), Buffer.allocUnsafeSlow(size)]
  let sent: Promise<void> = Promise.resolve()
  for (let at = start; at <= end;) {
    const reading = handle.read(filling, 0, Math.min(size, end - at + 1), at)
    const [{ bytesRead }] = await Promise.all([onDisk(reading), sent])
    if (bytesRead === 0) {
      throw fewerBytes()
    }
    at += bytesRead
    sent = write(filling.subarray(0, bytesRead))
    ;[filling, sending] = [sending, filling]
  }
  await sent
}
