// Takes everything out of a bucket, some at a time. Rows go before their bytes: a crash in the middle leaves bytes without a
// row, which the sweep finds, and a bucket that can be emptied further.

import type { Logger } from 'pino'

import type { Caller } from '../access/caller.ts'
import type { StorageDatabase } from '../access/storage-database.ts'
import { blobId, type Blobs } from '../blobs/blobs.ts'
import { cellsOf } from '../rows/read-rows.ts'
import { discardUnnamed } from '../sweep/discard-unnamed.ts'
import { deleteSome } from './sql/delete-some.ts'

interface EmptyParts {
  readonly database: StorageDatabase
  readonly blobs: Blobs
  readonly log: Logger
}

/** Leaves what was uploaded after `before`, in milliseconds since 1970: a bucket in use would never become empty. */
export async function emptyBucket(
  { database, blobs, log }: EmptyParts,
  caller: Caller,
  { bucket, before }: { readonly bucket: string; readonly before: number },
): Promise<void> {
  for (;;) {
    const statements = [deleteSome(bucket, before)]
    const [deleted] = await database.asCaller(caller, { operation: 'storage.bucket.empty', statements, deletes: true })
    const rows = cellsOf(deleted)
    if (rows.length === 0) return
    await discardUnnamed(
      { database, blobs, log },
      rows.map(({ version }) => blobId(version ?? null)),
    )
  }
}
