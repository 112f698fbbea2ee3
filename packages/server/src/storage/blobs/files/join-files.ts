// Puts files one behind the other into a new one, without holding them in memory.

import { type FileHandle, open } from 'node:fs/promises'

import type { WrittenBlob } from '../blobs.ts'
import { onDisk } from './disk.ts'
import { placeFile } from './write-file.ts'

const CHUNK = 1024 * 1024

/** The files stay as they are. */
export async function joinFiles(
  files: readonly string[],
  to: Parameters<typeof placeFile>[0],
  etag: string,
): Promise<WrittenBlob> {
  const buffer = Buffer.allocUnsafe(CHUNK)
  return await placeFile(to, async (target) => {
    let size = 0
    for (const file of files) {
      await using source = await onDisk(open(file, 'r'))
      size += await append(source, target, buffer)
    }
    return { size, etag }
  })
}

async function append(source: FileHandle, target: FileHandle, buffer: Buffer): Promise<number> {
  for (let size = 0; ;) {
    const { bytesRead } = await onDisk(source.read(buffer, 0, buffer.length))
    if (bytesRead === 0) return size
    size += bytesRead
    for (let at = 0; at < bytesRead;) at += (await onDisk(target.write(buffer, at, bytesRead - at))).bytesWritten
  }
}
