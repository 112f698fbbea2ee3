// Objects deleted in the caller's name: rows first, then their bytes, so that a crash in between leaves bytes without a row,
// which the sweep finds.

import type { Logger } from 'pino'

import type { Caller } from '../../access/caller.ts'
import type { StorageOperation } from '../../access/operations.ts'
import type { StorageDatabase } from '../../access/storage-database.ts'
import type { Blobs } from '../../blobs/blobs.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import { cellsOf, readObject } from '../../rows/read-rows.ts'
import { discardUnnamed } from '../../sweep/discard-unnamed.ts'
import { removeObjects as removal } from '../sql/remove-objects.ts'

interface RemoveParts {
  readonly database: StorageDatabase
  readonly blobs: Blobs
  readonly log: Logger
}

export interface WantedRemoval {
  readonly bucket: string
  readonly names: readonly string[]
  readonly operation: StorageOperation
}

/** The rows that were deleted; one that is not there, or that the policies keep from the caller, is left out. */
export async function removeObjects(
  { database, blobs, log }: RemoveParts,
  caller: Caller,
  { bucket, names, operation }: WantedRemoval,
): Promise<readonly ObjectRow[]> {
  // Postgres holds no U+0000, so there is no object of such a name.
  const possible = names.filter((name) => !name.includes('\0'))
  if (possible.length === 0) return []
  const statements = [removal(bucket, possible)]
  const [deleted] = await database.asCaller(caller, { operation, statements, deletes: true })
  const rows = cellsOf(deleted).map(readObject)
  await discardUnnamed(
    { database, blobs, log },
    rows.map(({ version }) => version),
  )
  return rows
}
