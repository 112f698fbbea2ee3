// Writes a file that is there wholly or not at all: under a temporary name, synced, renamed.

import { createHash, hash } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

import { batchesOf } from '../batches.ts'
import type { WrittenBlob } from '../blobs.ts'
import { onDisk } from './disk.ts'
import type { SyncedFolder } from './synced-folders.ts'

/** Enough that a system call for each costs nothing beside the bytes. */
const BATCH = 256 * 1024

interface Destination {
  readonly temporary: string
  /** In the same file system as the temporary name. */
  readonly folder: SyncedFolder
  /** The name in the folder. */
  readonly name: (etag: string) => string
}

/** Durable once resolved. Refuses with `storage.too-large` and `storage.bytes-unavailable`. */
export async function writeFile(to: Destination, bytes: Readable, limit: number): Promise<WrittenBlob> {
  const batches = batchesOf(bytes, limit, BATCH)
  const first = (await batches.next()).value ?? Buffer.alloc(0)
  const second = (await batches.next()).value
  return await placeFile(to, async (handle) => {
    if (second === undefined) return await writeAtOnce(handle, first)
    return await writeBatches(handle, [first, second], batches)
  })
}

/** Fills a temporary file and gives it its name, or removes it. */
export async function placeFile(
  { temporary, folder, name }: Destination,
  fill: (handle: FileHandle) => Promise<WrittenBlob & { readonly synced: boolean }>,
): Promise<WrittenBlob> {
  const handle = await onDisk(open(temporary, 'wx', 0o600))
  let path = temporary
  try {
    const { size, etag, synced } = await fill(handle)
    const named = join(folder.path, name(etag))
    await onDisk(rename(temporary, named))
    path = named
    await Promise.all([folder.sync(), synced || onDisk(handle.datasync())])
    await onDisk(handle.close())
    return { size, etag }
  } catch (error) {
    await handle.close().catch(() => undefined)
    await rm(path, { force: true }).catch(() => undefined)
    throw error
  }
}

/**
 * One write, and no sync before the rename: bytes and name are then made durable side by side, which a journal does in one
 * turn where one after the other takes two. All bytes are in the file before it has its name, so that no process ever reads
 * half of them; and after a loss of power nobody asks, since the row is written after both syncs.
 */
async function writeAtOnce(handle: FileHandle, bytes: Buffer): Promise<WrittenBlob & { readonly synced: boolean }> {
  await writeFully(handle, bytes)
  return { size: bytes.length, etag: hash('md5', bytes), synced: false }
}

async function writeBatches(
  handle: FileHandle,
  begun: readonly Buffer[],
  rest: AsyncIterator<Buffer, undefined>,
): Promise<WrittenBlob & { readonly synced: boolean }> {
  const md5 = createHash('md5')
  let size = 0
  const write = async (batch: Buffer): Promise<void> => {
    const writing = writeFully(handle, batch)
    md5.update(batch)
    size += batch.length
    await writing
  }
  for (const batch of begun) await write(batch)
  for (let batch = (await rest.next()).value; batch !== undefined;) {
    const [{ value }] = await Promise.all([rest.next(), write(batch)])
    batch = value
  }
  await onDisk(handle.datasync())
  return { size, etag: md5.digest('hex'), synced: true }
}

async function writeFully(handle: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await onDisk(handle.write(bytes, at))).bytesWritten
}
