// Growing blobs as files: written at their end where they lie, and renamed when they are whole, so that no byte is ever
// copied. The length of the file is how much has come.

import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

import { Refusal } from '../../../../refusal/refusal.ts'
import { type BlobId, blobId } from '../../blobs.ts'
import type { GrowingBlobs } from '../../growing-blobs.ts'
import { onDisk, whereThere } from '../disk.ts'
import { fanOf, placesIn } from '../places.ts'
import { makeFolder, type SyncedFolder, syncedFolders } from '../synced-folders.ts'
import { digests, type Digests, md5Of } from './digests.ts'
import { sweepFolder } from './sweep-folder.ts'

export interface GrowingFiles extends GrowingBlobs {
  close(): Promise<void>
}

/** Below the folder in which the blobs are. Refuses with `storage.bytes-unavailable`. */
export async function openGrowingFiles(parent: string): Promise<GrowingFiles> {
  const places = placesIn(parent)
  const folder = await makeFolder(join(parent, 'growing'))
  const fans = syncedFolders(places.blobs)
  const known = digests()
  const place = (id: BlobId): string => join(folder.path, blobId(id) ?? '')
  return {
    begin: async (id) => await begin(place(id), folder),
    async size(id) {
      return (await syncedSize(place(id))) ?? (await whereThere(stat(places.blob(id))))?.size ?? null
    },
    async append(id, offset, bytes) {
      const handle = await whereThere(open(place(id), 'r+'))
      if (handle === null) throw new Refusal('storage.upload-not-found', {})
      return await appendTo(handle, offset, bytes, known.follow(id, offset))
    },
    async finish(id) {
      const growing = await finished(place(id), async (size) => known.take(id, size))
      if (growing === null) return await finished(places.blob(id), async () => null)
      const fan = await fans.of(fanOf(id))
      await onDisk(rename(place(id), places.blob(id)))
      await fan.sync()
      return growing
    },
    async abort(id) {
      known.forget(id)
      await onDisk(rm(place(id), { force: true }))
    },
    sweep: async (age) => await sweepFolder(folder.path, Date.now() - age),
    async close() {
      await fans.close()
      await folder.close()
    },
  }
}

async function begin(path: string, folder: SyncedFolder): Promise<void> {
  const handle = await onDisk(open(path, 'wx', 0o600))
  await onDisk(handle.close())
  await folder.sync()
}

/** A process that ended amid its writing left bytes that are not durable yet. */
async function syncedSize(path: string): Promise<number | null> {
  const handle = await whereThere(open(path, 'r'))
  if (handle === null) return null
  try {
    await onDisk(handle.datasync())
    return (await onDisk(handle.stat())).size
  } finally {
    await handle.close()
  }
}

/**
 * Whatever ends it, what was written is synced before it is told of. What a disk has no room for it keeps nothing of: half a
 * piece of one client would keep all others from writing.
 */
async function appendTo(
  handle: FileHandle,
  offset: number,
  bytes: Readable,
  digest: ReturnType<Digests['follow']>,
): Promise<number> {
  let size = offset
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      await writeFully(handle, chunk, size).catch(async (error: unknown) => {
        await handle.truncate(offset).catch(() => undefined)
        throw error
      })
      size += chunk.length
      digest.update(chunk, size)
    }
    return size
  } finally {
    await closeSynced(handle)
  }
}

async function closeSynced(handle: FileHandle): Promise<void> {
  try {
    await onDisk(handle.datasync())
  } finally {
    await handle.close()
  }
}

async function writeFully(handle: FileHandle, chunk: Buffer, position: number): Promise<void> {
  for (let written = 0; written < chunk.length;) {
    const { bytesWritten } = await onDisk(handle.write(chunk, written, chunk.length - written, position + written))
    written += bytesWritten
  }
}

/** `etagOf` where it is known without reading all of it again. Null where there is no such file. */
async function finished(
  path: string,
  etagOf: (size: number) => Promise<string | null>,
): Promise<{ readonly size: number; readonly etag: string } | null> {
  const handle = await whereThere(open(path, 'r'))
  if (handle === null) return null
  try {
    await onDisk(handle.datasync())
    const { size } = await onDisk(handle.stat())
    return { size, etag: (await etagOf(size)) ?? (await md5Of(handle)) }
  } finally {
    await handle.close()
  }
}
