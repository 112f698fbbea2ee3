// The row that a reader asked for: by the policies for who shows a token, and past them where the bucket is public or a
// signed URL was decided about before.

import { isRefusal, Refusal } from '../../../refusal/refusal.ts'
import type { Caller } from '../../access/caller.ts'
import type { StorageOperation } from '../../access/operations.ts'
import type { StorageDatabase } from '../../access/storage-database.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import { type Cells, cellsOf, readObject } from '../../rows/read-rows.ts'
import { type Place, selectInBucket, selectObject } from '../sql/read-object.ts'

/**
 * For a caller who is known; one statement where the policies show the row. A public bucket's objects are anybody's,
 * whatever its policies say. Refuses with `storage.bucket-not-found`, `storage.object-not-found`, `postgres.*`.
 */
export async function findForCaller(
  database: StorageDatabase,
  caller: Caller,
  place: Place,
  operation: StorageOperation,
): Promise<ObjectRow> {
  const shown = await shownBy(database, caller, place, operation)
  if (shown !== null && 'row' in shown) return shown.row
  const found = await findInBucket(database, place)
  if (found.public && found.row !== null) return found.row
  if (shown !== null && !found.public) throw shown.refused
  throw notFound(place, found.row === null ? undefined : hidden(caller))
}

/**
 * For anybody: only what is in a public bucket; another bucket is said not to be there. `refused` is the code of what
 * refused their token, if one did. Refuses as `findForCaller`.
 */
export async function findPublic(database: StorageDatabase, place: Place, refused: string | null): Promise<ObjectRow> {
  const found = await findInBucket(database, place)
  if (!found.public) throw bucketNotFound(place, closed(place, refused))
  if (found.row === null) throw notFound(place)
  return found.row
}

/** For whom it was decided before. Refuses as `findForCaller`. */
export async function findUnasked(database: StorageDatabase, place: Place): Promise<ObjectRow> {
  const { row } = await findInBucket(database, place)
  if (row === null) throw notFound(place)
  return row
}

/** Null where the policies show no row; what Postgres refuses, which does not count where the bucket is public. */
async function shownBy(
  database: StorageDatabase,
  caller: Caller,
  place: Place,
  operation: StorageOperation,
): Promise<{ readonly row: ObjectRow } | { readonly refused: Refusal } | null> {
  try {
    const [rows] = await database.asCaller(caller, { operation, statements: [selectObject(place)], readOnly: true })
    const [cells] = cellsOf(rows)
    return cells === undefined ? null : { row: readObject(cells) }
  } catch (error) {
    if (isRefusal(error) && error.code === 'postgres.error') return { refused: error }
    throw error
  }
}

async function findInBucket(
  database: StorageDatabase,
  place: Place,
): Promise<{ readonly public: boolean; readonly row: ObjectRow | null }> {
  const [rows] = await database.asOwner([selectInBucket(place)])
  const [cells] = cellsOf(rows)
  if (cells === undefined) throw bucketNotFound(place)
  return { public: cells['public'] === 't', row: rowOf(cells) }
}

function rowOf(cells: Cells): ObjectRow | null {
  return (cells['id'] ?? null) === null ? null : readObject(cells)
}

function bucketNotFound({ bucket }: Place, fix?: string): Refusal {
  return new Refusal('storage.bucket-not-found', { bucket }, fix === undefined ? {} : { fix })
}

function notFound(place: Place, fix?: string): Refusal {
  return new Refusal('storage.object-not-found', { ...place }, fix === undefined ? {} : { fix })
}

function closed({ bucket }: Place, refused: string | null): string {
  return refused === null
    ? `The bucket ${bucket} is private: send a token, or sign a URL.`
    : `The bucket ${bucket} is private, and the token was refused (${refused}).`
}

function hidden({ identity }: Caller): string {
  return `The object is there, and no policy for SELECT on storage.objects shows it to this caller (role ${identity.role}).`
}
