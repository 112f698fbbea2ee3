// Writes a file that is there wholly or not at all: under a temporary name, synced, renamed.

import { createHash } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

import type { WrittenBlob } from '../blobs.ts'
import { giveBack } from '../own-chunks.ts'
import { onDisk } from './disk.ts'
import type { SyncedFolder } from './synced-folders.ts'
import { openIntake } from './writing/intake.ts'
import { writeChunks } from './writing/write-chunks.ts'

interface Destination {
  readonly temporary: string
  /** In the same file system as the temporary name. */
  readonly folder: SyncedFolder
  /** The name in the folder. */
  readonly name: (etag: string) => string
}

/** Durable once resolved. Refuses with `storage.too-large` and `storage.bytes-unavailable`. */
export async function writeFile(to: Destination, bytes: Readable, limit: number): Promise<WrittenBlob> {
  const md5 = createHash('md5')
  const intake = openIntake(bytes, limit, (chunk) => md5.update(chunk))
  try {
    const first = await intake.next()
    return await placeFile(to, async (handle) => {
      let size = 0
      for (let batch = first; batch.length > 0; batch = await intake.next()) {
        await writeChunks(handle, batch)
        for (const chunk of batch) {
          size += chunk.length
          giveBack(chunk)
        }
      }
      return { size, etag: md5.digest('hex') }
    })
  } finally {
    intake.stop()
  }
}

/**
 * Fills a temporary file and gives it its name, or removes it. There is no sync before the rename: bytes and name are made
 * durable side by side, which a journal does in one turn where one after the other takes two. All bytes are in the file
 * before it has its name, so that no process ever reads half of them; and after a loss of power nobody asks, since the row is
 * written after both syncs.
 */
export async function placeFile(
  { temporary, folder, name }: Destination,
  fill: (handle: FileHandle) => Promise<WrittenBlob>,
): Promise<WrittenBlob> {
  const handle = await onDisk(open(temporary, 'wx', 0o600))
  let path = temporary
  try {
    const written = await fill(handle)
    const named = join(folder.path, name(written.etag))
    await onDisk(rename(temporary, named))
    path = named
    await Promise.all([folder.sync(), onDisk(handle.datasync())])
    await onDisk(handle.close())
    return written
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
}
