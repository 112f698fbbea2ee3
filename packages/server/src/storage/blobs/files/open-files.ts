// Blobs as files in one folder.

import { constants } from 'node:fs'
import { copyFile, open, rename, rm, stat } from 'node:fs/promises'

import type { BlobId, Blobs } from '../blobs.ts'
import { onDisk, whereThere } from './disk.ts'
import { fileParts } from './file-parts.ts'
import { openHashing } from './hashing/open-hashing.ts'
import { listFiles, sweepUnfinishedFiles } from './list-files.ts'
import { fanOf, type Places, placesIn } from './places.ts'
import { pourFile } from './pour-file.ts'
import { readFile, readFileWhole } from './read-file.ts'
import { makeFolder, syncedFolders, type SyncedFolders } from './synced-folders.ts'
import { writeFile } from './write-file.ts'

/** Opens the folder, which is made where it is missing. Refuses with `storage.bytes-unavailable`. */
export async function openFiles(folder: string): Promise<Blobs> {
  const places = placesIn(folder)
  for (const path of [places.blobs, places.unfinished, places.uploads]) await (await makeFolder(path)).close()
  const folders = syncedFolders(places.blobs)
  const hashing = openHashing()
  return {
    async write(id, bytes, limit) {
      const fan = await folders.of(fanOf(id))
      return await writeFile({ temporary: places.temporary(id), folder: fan, name: () => id }, bytes, limit, hashing)
    },
    read: async (id, range) => await readFile(places.blob(id), range),
    pour: async (id, range, write) => await pourFile(places.blob(id), range, write),
    readWhole: async (id, size) => await readFileWhole(places.blob(id), size),
    async stat(id) {
      const found = await whereThere(stat(places.blob(id)))
      return found === null ? null : { id, size: found.size, writtenAt: found.mtimeMs }
    },
    copy: async (from, to) => await copy(places, folders, from, to),
    remove: async (ids) => await remove(ids.map((id) => places.blob(id))),
    list: () => listFiles(places),
    parts: fileParts(places, folders, hashing),
    sweepUnfinished: async (age, act = 'remove') => await sweepUnfinishedFiles(places, Date.now() - age, act),
    async close() {
      await folders.close()
      await hashing.close()
    },
  }
}

/** Shares the blocks of the original where the file system can. */
async function copy(places: Places, folders: SyncedFolders, from: BlobId, to: BlobId): Promise<boolean> {
  const temporary = places.temporary(to)
  try {
    const { COPYFILE_FICLONE, COPYFILE_EXCL } = constants
    const copied = copyFile(places.blob(from), temporary, COPYFILE_FICLONE | COPYFILE_EXCL).then(() => true)
    if ((await whereThere(copied)) === null) return false
    await syncFile(temporary)
    const folder = await folders.of(fanOf(to))
    await onDisk(rename(temporary, places.blob(to)))
    await folder.sync()
    return true
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}

async function syncFile(path: string): Promise<void> {
  await using handle = await onDisk(open(path, 'r+'))
  await onDisk(handle.datasync())
}

/** Not synced: a blob that a loss of power brings back has no row, and is swept. */
async function remove(paths: readonly string[]): Promise<void> {
  for (const path of paths) await onDisk(rm(path, { force: true }))
}
