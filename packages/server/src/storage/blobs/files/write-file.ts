// Writes a file that is there wholly or not at all: under a temporary name, synced, renamed.

import { createHash } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

import type { WrittenBlob } from '../blobs.ts'
import { giveBack } from '../own-chunks.ts'
import { onDisk } from './disk.ts'
import type { SyncedFolder } from './synced-folders.ts'
import type { FileHash, Hashing } from './hashing/open-hashing.ts'
import { type Intake, openIntake } from './writing/intake.ts'
import { syncAlong } from './writing/sync-along.ts'
import { writeChunks } from './writing/write-chunks.ts'

interface Destination {
  readonly temporary: string
  /** In the same file system as the temporary name. */
  readonly folder: SyncedFolder
  /** The name in the folder. */
  readonly name: (etag: string) => string
}

/** Durable once resolved. Refuses with `storage.too-large` and `storage.bytes-unavailable`. */
export async function writeFile(
  to: Destination,
  bytes: Readable,
  limit: number,
  hashing: Hashing,
): Promise<WrittenBlob> {
  const intake = openIntake(bytes, limit)
  try {
    const first = await intake.next()
    const second = await intake.next()
    return await placeFile(to, async (handle) =>
      second.length === 0
        ? await writeAtOnce(handle, first)
        : await writeBatches(handle, [first, second], intake, hashing.begin()),
    )
  } finally {
    intake.stop()
  }
}

/** Hashed while it is being written. */
async function writeAtOnce(handle: FileHandle, chunks: readonly Buffer[]): Promise<WrittenBlob> {
  const writing = writeChunks(handle, chunks)
  const md5 = createHash('md5')
  for (const chunk of chunks) md5.update(chunk)
  const size = sizeOf(chunks)
  await writing
  for (const chunk of chunks) giveBack(chunk)
  return { size, etag: md5.digest('hex') }
}

/** Two batches are hashed while the next one is written and the one after it comes in: the thread that hashes waits for none. */
async function writeBatches(
  handle: FileHandle,
  begun: readonly (readonly Buffer[])[],
  rest: Intake,
  md5: FileHash,
): Promise<WrittenBlob> {
  const waiting = [...begun]
  let size = 0
  let [hashedBefore, hashed] = [Promise.resolve(), Promise.resolve()]
  const synced = syncAlong(handle)
  try {
    for (let batch = waiting.shift() ?? []; batch.length > 0; batch = waiting.shift() ?? (await rest.next())) {
      size += sizeOf(batch)
      await Promise.all([writeChunks(handle, batch), hashedBefore])
      hashedBefore = hashed
      hashed = md5.update(batch)
      hashed.catch(() => undefined)
      await synced.wrote(size)
    }
    await synced.settled()
    return { size, etag: await md5.end() }
  } catch (error) {
    await Promise.allSettled([md5.end(), synced.settled()])
    throw error
  }
}

function sizeOf(chunks: readonly Buffer[]): number {
  return chunks.reduce((size, chunk) => size + chunk.length, 0)
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
