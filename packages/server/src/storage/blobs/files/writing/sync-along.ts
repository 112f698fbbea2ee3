// A large file is made durable while more of it comes in: the sync at its end finds little left to do, and no more waits in
// the system's memory than the disk has time for.

import type { FileHandle } from 'node:fs/promises'

import { onDisk } from '../disk.ts'

/** Bytes written from one sync to the next. */
export const STRETCH = 32 * 1024 * 1024

export interface SyncAlong {
  /**
   * To be told how many bytes have been written. Waits for the disk where it is a whole stretch behind. Rejects with what a
   * sync has met, which the next one would not hear of any more.
   */
  wrote(size: number): Promise<void>
  /** Resolves, or rejects as above, once no sync is under way. */
  settled(): Promise<void>
}

/** Of a file that is being written. */
export function syncAlong(handle: Pick<FileHandle, 'datasync'>): SyncAlong {
  let begunAt = 0
  let syncing = Promise.resolve()
  return {
    async wrote(size) {
      if (size - begunAt < STRETCH) return
      await syncing
      begunAt = size
      syncing = onDisk(handle.datasync())
      syncing.catch(() => undefined)
    },
    settled: async () => await syncing,
  }
}
