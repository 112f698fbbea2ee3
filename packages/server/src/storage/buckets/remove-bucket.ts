// Deleting a bucket in the caller's name, whichever protocol asks for it.

import { Refusal } from '../../refusal/refusal.ts'
import type { Caller } from '../access/caller.ts'
import type { StorageOperation } from '../access/operations.ts'
import { sqlstateOf } from '../access/sqlstate-of.ts'
import type { StorageDatabase } from '../access/storage-database.ts'
import { deleteBucket, firstObject } from './sql/buckets.ts'

/** Refuses with `storage.bucket-not-found`, `storage.bucket-not-empty` whoever may see what is in it, and `postgres.*`. */
export async function removeBucket(
  database: StorageDatabase,
  caller: Caller,
  bucket: string,
  operation: StorageOperation,
): Promise<void> {
  try {
    const [deleted] = await database.asCaller(caller, { operation, statements: [deleteBucket(bucket)], deletes: true })
    if (deleted?.count === 0) throw new Refusal('storage.bucket-not-found', { bucket })
  } catch (thrown) {
    if (sqlstateOf(thrown) !== '23503') throw thrown
    // Uploads under way refer to their bucket, too.
    const [objects] = await database.asOwner([firstObject(bucket)])
    throw objects?.count === 0 ? thrown : new Refusal('storage.bucket-not-empty', { bucket }, { cause: thrown })
  }
}
