// Goes through all blobs, and through what was never finished.

import { opendir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

import { blobId, type StoredBlob } from '../blobs.ts'
import { onDisk, whereThere } from './disk.ts'
import type { Places } from './places.ts'

/** Files looked at together. */
const TOGETHER = 64

/** All blobs, one folder after the other. */
export async function* listFiles({ blobs }: Places): AsyncGenerator<StoredBlob> {
  for (const fan of await onDisk(readdir(blobs))) {
    let names: string[] = []
    for await (const { name } of await onDisk(opendir(join(blobs, fan)))) {
      names.push(name)
      if (names.length < TOGETHER) continue
      yield* await blobsOf(join(blobs, fan), names)
      names = []
    }
    yield* await blobsOf(join(blobs, fan), names)
  }
}

async function blobsOf(folder: string, names: readonly string[]): Promise<readonly StoredBlob[]> {
  const found = await Promise.all(
    names.map(async (name) => {
      const id = blobId(name)
      const file = id === null ? null : await whereThere(stat(join(folder, name)))
      return id === null || file === null ? [] : [{ id, size: file.size, writtenAt: file.mtimeMs }]
    }),
  )
  return found.flat()
}

/** Removes or counts what was last written to before `limit`, milliseconds since 1970; how many. */
export async function sweepUnfinishedFiles(
  { unfinished, uploads }: Places,
  limit: number,
  act: 'remove' | 'count',
): Promise<number> {
  let found = 0
  for (const folder of [unfinished, uploads]) {
    for (const name of await onDisk(readdir(folder))) {
      const path = join(folder, name)
      if ((await lastWritten(path)) >= limit) continue
      if (act === 'remove') await onDisk(rm(path, { recursive: true, force: true }))
      found += 1
    }
  }
  return found
}

/** Of a file, or of a folder and the files in it; what is gone meanwhile was written just now. */
async function lastWritten(path: string): Promise<number> {
  const found = await whereThere(stat(path))
  if (found === null) return Number.POSITIVE_INFINITY
  if (!found.isDirectory()) return found.mtimeMs
  const names = (await whereThere(readdir(path))) ?? []
  const files = await Promise.all(names.map(async (name) => await whereThere(stat(join(path, name)))))
  return Math.max(found.mtimeMs, ...files.map((file) => file?.mtimeMs ?? Number.POSITIVE_INFINITY))
}
