// Whether there is a bucket: for the caller, or at all.

import { Refusal } from '../../../../refusal/refusal.ts'
import type { StorageOperation } from '../../../access/operations.ts'
import { selectBucket } from '../../../buckets/sql/buckets.ts'
import type { S3Deps, S3Request } from '../../s3-request.ts'

/** Refuses with `storage.bucket-not-found` one that the policies do not show to the caller. */
export async function assertBucketShown(
  { bucket, caller }: Pick<S3Request, 'bucket' | 'caller'>,
  { database }: Pick<S3Deps, 'database'>,
  operation: StorageOperation,
): Promise<void> {
  const statements = [selectBucket(bucket)]
  const [rows] = await database.asCaller(caller, { operation, statements, readOnly: true })
  if (rows?.count !== 1) throw new Refusal('storage.bucket-not-found', { bucket })
}

/**
 * For what asks the policies about the objects alone, as upstream does: whoever may read objects need not be able to see
 * their bucket. Refuses with `storage.bucket-not-found`.
 */
export async function assertBucketExists({ database }: Pick<S3Deps, 'database'>, bucket: string): Promise<void> {
  const [rows] = await database.asOwner([selectBucket(bucket)])
  if (rows?.count !== 1) throw new Refusal('storage.bucket-not-found', { bucket })
}
