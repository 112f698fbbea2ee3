// Making a bucket in the caller's name, whichever protocol asks for it.

import { Refusal } from '../../refusal/refusal.ts'
import type { Caller } from '../access/caller.ts'
import type { StorageOperation } from '../access/operations.ts'
import { sqlstateOf } from '../access/sqlstate-of.ts'
import type { StorageDatabase } from '../access/storage-database.ts'
import { insertBucket, type NewBucket } from './sql/buckets.ts'

/** Refuses with `storage.bucket-exists`, and with `postgres.*` where a policy says no. */
export async function createBucket(
  database: StorageDatabase,
  caller: Caller,
  bucket: Omit<NewBucket, 'ownerId'>,
  operation: StorageOperation,
): Promise<void> {
  try {
    const statements = [insertBucket({ ...bucket, ownerId: caller.identity.subject })]
    await database.asCaller(caller, { operation, statements })
  } catch (thrown) {
    if (sqlstateOf(thrown) !== '23505') throw thrown
    throw new Refusal('storage.bucket-exists', { bucket: bucket.id }, { cause: thrown })
  }
}
