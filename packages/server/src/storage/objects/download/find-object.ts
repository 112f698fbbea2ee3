// The row that a reader asked for: by the policies for who shows a token, and past them where the bucket is public or a
// signed URL was decided about before.

import { isRefusal, Refusal } from '../../../refusal/refusal.ts'
import type { Caller } from '../../access/caller.ts'
import type { StorageOperation } from '../../access/operations.ts'
import type { StorageDatabase } from '../../access/storage-database.ts'
import { checkBucketName } from '../../names/bucket-name.ts'
import { checkObjectKey } from '../../names/object-key.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import { type Cells, cellsOf, readObject } from '../../rows/read-rows.ts'
import { type Place, selectInBucket, selectObject } from '../sql/read-object.ts'

/**
 * For a caller who is known; one statement where the policies show the row. A public bucket's objects are anybody's,
 * whatever its policies say. Refuses with `storage.bucket-name-invalid`, `storage.key-invalid`,
 * `storage.bucket-not-found`, `storage.object-not-found`, `postgres.*`.
 */
export async function findForCaller(
  database: StorageDatabase,
  caller: Caller,
  place: Place,
  operation: StorageOperation,
): Promise<ObjectRow> {
  const shown = await shownBy(database, caller, place, operation)
  if (shown.kind === 'row') return shown.row
  const found = await findInBucket(database, place)
  if (found === null) throw bucketNotFound(place)
  if (found.public && found.row !== null) return found.row
  if (shown.kind === 'refused' && !found.public) throw shown.refusal
  throw notFound(place)
}

/** For a caller who may do more than read, if the policies show her the row. Refuses as `findForCaller`, but for buckets. */
export async function findByPolicies(
  database: StorageDatabase,
  caller: Caller,
  place: Place,
  operation: StorageOperation,
): Promise<ObjectRow> {
  const shown = await shownBy(database, caller, place, operation)
  if (shown.kind === 'row') return shown.row
  if (shown.kind === 'refused') throw shown.refusal
  throw notFound(place)
}

/**
 * For anybody: only what is in a public bucket; another bucket is said not to be there. `refused` is the code of what
 * refused their token, if one did. Refuses as `findForCaller`.
 */
export async function findPublic(database: StorageDatabase, place: Place, refused: string | null): Promise<ObjectRow> {
  const found = await findInBucket(database, place)
  if (found?.public !== true) throw bucketNotFound(place, closed(place, refused))
  if (found.row === null) throw notFound(place)
  return found.row
}

/** For whom it was decided before. Refuses as `findForCaller`, but for buckets. */
export async function findUnasked(database: StorageDatabase, place: Place): Promise<ObjectRow> {
  const row = (await findInBucket(database, place))?.row ?? null
  if (row === null) throw notFound(place)
  return row
}

type Shown =
  | { readonly kind: 'row'; readonly row: ObjectRow }
  | { readonly kind: 'none' }
  /** What Postgres says to the policies; it does not count where the bucket is public. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }

async function shownBy(
  database: StorageDatabase,
  caller: Caller,
  place: Place,
  operation: StorageOperation,
): Promise<Shown> {
  checkPlace(place)
  try {
    const [rows] = await database.asCaller(caller, { operation, statements: [selectObject(place)], readOnly: true })
    const [cells] = cellsOf(rows)
    return cells === undefined ? { kind: 'none' } : { kind: 'row', row: readObject(cells) }
  } catch (error) {
    if (isRefusal(error) && error.code === 'postgres.error') return { kind: 'refused', refusal: error }
    throw error
  }
}

/** Null where there is no such bucket. */
async function findInBucket(
  database: StorageDatabase,
  place: Place,
): Promise<{ readonly public: boolean; readonly row: ObjectRow | null } | null> {
  checkPlace(place)
  const [rows] = await database.asOwner([selectInBucket(place)])
  const [cells] = cellsOf(rows)
  return cells === undefined ? null : { public: cells['public'] === 't', row: rowOf(cells) }
}

function checkPlace({ bucket, name }: Place): void {
  checkBucketName(bucket)
  checkObjectKey(name)
}

function rowOf(cells: Cells): ObjectRow | null {
  return (cells['id'] ?? null) === null ? null : readObject(cells)
}

function bucketNotFound({ bucket }: Place, fix?: string): Refusal {
  return new Refusal('storage.bucket-not-found', { bucket }, fix === undefined ? {} : { fix })
}

function notFound(place: Place): Refusal {
  return new Refusal('storage.object-not-found', { ...place })
}

/** The same for one that is not there: nobody is told which buckets there are. */
function closed({ bucket }: Place, refused: string | null): string {
  return refused === null
    ? `No public bucket is called ${bucket}. For a private one send a token, or sign a URL.`
    : `No public bucket is called ${bucket}, and for a private one the token was refused (${refused}).`
}
