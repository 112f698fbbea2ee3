// Rendered images on disk, below the project's state: each a file under its key, whole or not there, the longest unused
// making room for the newest. Nothing but a cache: whatever is lost here is rendered again.

import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

import type { ResultFormat } from '../transformation/image-format.ts'
import { type KeptFile, readKept } from './read-kept.ts'

export interface KeptImage {
  readonly format: ResultFormat
  readonly size: number
  /** Ended by whoever reads it. */
  readonly bytes: () => Readable
  readonly close: () => Promise<void>
}

export interface RenderedCache {
  /** Null where it is not kept. Counts as a use. */
  read(key: string): Promise<KeptImage | null>
  /** Where a file that is to be kept may be made; on the same disk, so that it moves in one step. */
  unfinished(name: string): string
  /** Moves the finished file to its place, and makes room for it. */
  keep(key: string, format: ResultFormat, path: string): Promise<void>
}

/** Milliseconds: a use is written down no more often than this. */
const NOTED = 60_000

/** What the smallest file takes of a disk: many images of one pixel fill it by their number. */
const LEAST = 4096

const spaceOf = ({ size }: Pick<KeptFile, 'size'>): number => Math.max(size, LEAST)

/**
 * `key` is hexadecimal. `limit` is in bytes, and each file counts for 4096 at least. What a crash left unfinished is
 * removed, and what was kept before is found again.
 */
export async function openRenderedCache(folder: string, limit: number, now: () => number): Promise<RenderedCache> {
  const unfinished = join(folder, 'unfinished')
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  const kept = await readKept(folder)
  let total = [...kept.values()].reduce((sum, file) => sum + spaceOf(file), 0)

  const forget = async (key: string): Promise<void> => {
    const file = kept.get(key)
    if (file === undefined) return
    kept.delete(key)
    total -= spaceOf(file)
    await rm(file.path, { force: true })
  }
  const makeRoom = async (): Promise<void> => {
    for (const key of kept.keys()) {
      // The newest stays, however large: somebody is about to read it.
      if (total <= limit || kept.size === 1) return
      await forget(key)
    }
  }
  return {
    unfinished: (name) => join(unfinished, name),
    async read(key) {
      const file = kept.get(key)
      if (file === undefined) return null
      const handle = await open(file.path).catch(() => null)
      if (handle === null) {
        await forget(key)
        return null
      }
      const used = { ...file, usedAt: await noted(file, now()) }
      if (kept.delete(key)) kept.set(key, used)
      return keptImage(file, handle)
    },
    async keep(key, format, path) {
      const { size } = await stat(path)
      const place = join(folder, key.slice(0, 2), `${key}-${size}.${format}`)
      await mkdir(dirname(place), { recursive: true, mode: 0o700 })
      await rename(path, place)
      const before = kept.get(key)
      if (before !== undefined && before.path !== place) await forget(key)
      else if (before !== undefined) total -= spaceOf(before)
      kept.delete(key)
      kept.set(key, { path: place, format, size, usedAt: now() })
      total += spaceOf({ size })
      await makeRoom()
    },
  }
}

/** A file that is open stays readable while it makes room for another. */
function keptImage({ path, format, size }: KeptFile, handle: FileHandle): KeptImage {
  return {
    format,
    size,
    bytes: () => createReadStream(path, { fd: handle }),
    close: async () => await handle.close(),
  }
}

/** The time of the file is when it was last used, so that a restart knows what to keep. */
async function noted({ path, usedAt }: KeptFile, time: number): Promise<number> {
  if (time - usedAt < NOTED) return usedAt
  await utimes(path, new Date(time), new Date(time)).catch(() => {})
  return time
}
