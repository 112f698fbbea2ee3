// Chunks behind one another into a file, as many as there are in one system call.

import type { FileHandle } from 'node:fs/promises'

import { onDisk } from '../disk.ts'

/** More of them than this are so small that they are put together first. */
const MOST = 64

/** At the position of the file. */
export async function writeChunks(handle: FileHandle, chunks: readonly Buffer[]): Promise<void> {
  let left = chunks.length > MOST ? [Buffer.concat(chunks)] : chunks
  while (left.length > 0) {
    const { bytesWritten } = await onDisk(handle.writev(left))
    left = without(left, bytesWritten)
  }
}

function without(chunks: readonly Buffer[], size: number): readonly Buffer[] {
  let gone = size
  const left: Buffer[] = []
  for (const chunk of chunks) {
    if (gone < chunk.length) left.push(chunk.subarray(gone))
    gone = Math.max(0, gone - chunk.length)
  }
  return left
}
