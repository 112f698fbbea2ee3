// Folders whose entries are made durable: a name that was given to a file is safe from a loss of power only once its
// folder is synced, too.

import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { codeOf, onDisk } from './disk.ts'

export interface SyncedFolder {
  readonly path: string
  /** Resolves once every entry that was made before the call is durable; those who wait for the same sync share it. */
  sync(): Promise<void>
  close(): Promise<void>
}

export interface SyncedFolders {
  /** Made where it is missing, and kept open. */
  of(name: string): Promise<SyncedFolder>
  close(): Promise<void>
}

/** The folders in `parent`. */
export function syncedFolders(parent: string): SyncedFolders {
  const opened = new Map<string, Promise<SyncedFolder>>()
  return {
    of(name) {
      const known = opened.get(name)
      if (known !== undefined) return known
      const opening = makeFolder(join(parent, name)).catch((error: unknown) => {
        opened.delete(name)
        throw error
      })
      opened.set(name, opening)
      return opening
    },
    async close() {
      const folders = await Promise.allSettled(opened.values())
      opened.clear()
      await Promise.all(folders.map(async (each) => each.status === 'fulfilled' && (await each.value.close())))
    },
  }
}

/** Opens a folder, which is made where it is missing, and whose own name is durable then. */
export async function makeFolder(path: string): Promise<SyncedFolder> {
  const first = await onDisk(mkdir(path, { recursive: true, mode: 0o700 }))
  if (first !== undefined) {
    for (let made = path; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made))
  }
  return await openFolder(path)
}

async function syncFolder(path: string): Promise<void> {
  const folder = await openFolder(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Opens a folder that is there. */
export async function openFolder(path: string): Promise<SyncedFolder> {
  const handle = await onDisk(open(path, 'r'))
  let last: Promise<unknown> = Promise.resolve()
  let waiting: Promise<void> | null = null
  const syncAfter = async (before: Promise<unknown>): Promise<void> => {
    await before
    waiting = null
    await onDisk(syncEntries(handle))
  }
  return {
    path,
    sync() {
      if (waiting !== null) return waiting
      waiting = syncAfter(last)
      last = waiting.catch(() => undefined)
      return waiting
    },
    close: async () => await onDisk(handle.close()),
  }
}

/** Some file systems know no such thing as a folder to sync, and keep names without it. */
async function syncEntries(handle: FileHandle): Promise<void> {
  try {
    await handle.sync()
  } catch (error) {
    if (codeOf(error) !== 'EINVAL') throw error
  }
}
