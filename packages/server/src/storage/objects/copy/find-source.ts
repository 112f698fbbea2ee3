// The object that is to be copied or moved, as the policies show it.

import { Refusal } from '../../../refusal/refusal.ts'
import type { Caller } from '../../access/caller.ts'
import type { StorageOperation } from '../../access/operations.ts'
import type { StorageDatabase } from '../../access/storage-database.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import { cellsOf, readObject } from '../../rows/read-rows.ts'
import { type Place, selectObject } from '../sql/read-object.ts'

/** Refuses with `storage.object-not-found`. */
export async function findSource(
  database: StorageDatabase,
  caller: Caller,
  place: Place,
  operation: StorageOperation,
): Promise<ObjectRow> {
  const work = { operation, statements: [selectObject(place)], readOnly: true }
  const [cells] = cellsOf((await database.asCaller(caller, work))[0])
  if (cells !== undefined) return readObject(cells)
  throw new Refusal('storage.object-not-found', place)
}
