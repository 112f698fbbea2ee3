// Buckets: made, shown, listed and deleted under the policies on `storage.buckets`.

import { Refusal } from '../../../../refusal/refusal.ts'
import { sqlstateOf } from '../../../access/sqlstate-of.ts'
import {
  deleteBucket as deletion,
  firstObject,
  insertBucket,
  listBuckets as listing,
} from '../../../buckets/sql/buckets.ts'
import { checkNewBucketName } from '../../../names/bucket-name.ts'
import { cellsOf } from '../../../rows/read-rows.ts'
import { answerEmpty, answerXml, type S3Answer } from '../../answer.ts'
import type { S3Deps, S3Request } from '../../s3-request.ts'
import { assertBucketShown } from './find-bucket.ts'

export async function listBuckets({ caller }: S3Request, { database }: S3Deps): Promise<S3Answer> {
  const all = { search: null, sortColumn: null, sortOrder: 'asc', limit: null, offset: 0 } as const
  const [rows] = await database.asCaller(caller, {
    operation: 'storage.s3.bucket.list',
    statements: [listing(all)],
    readOnly: true,
  })
  return answerXml('ListAllMyBucketsResult', {
    Buckets: {
      Bucket: cellsOf(rows).map(({ name, created_at: made }) => ({
        Name: name ?? '',
        CreationDate: made ?? undefined,
      })),
    },
  })
}

/** `public-read` makes a public one, as upstream has it. Refuses with `storage.bucket-exists`, `storage.bucket-name-invalid`. */
export async function createBucket(request: S3Request, { database }: S3Deps): Promise<S3Answer> {
  const { bucket, caller } = request
  checkNewBucketName(bucket)
  const made = {
    id: bucket,
    name: bucket,
    ownerId: caller.identity.subject,
    public: request.header('x-amz-acl') === 'public-read',
  }
  try {
    await database.asCaller(caller, { operation: 'storage.s3.bucket.create', statements: [insertBucket(made)] })
  } catch (thrown) {
    if (sqlstateOf(thrown) !== '23505') throw thrown
    throw new Refusal('storage.bucket-exists', { bucket }, { cause: thrown })
  }
  return answerEmpty(200, { location: `/${bucket}` })
}

/** Refuses with `storage.bucket-not-found`, `storage.bucket-not-empty`. */
export async function deleteBucket({ bucket, caller }: S3Request, { database }: S3Deps): Promise<S3Answer> {
  const work = { operation: 'storage.s3.bucket.delete', statements: [deletion(bucket)], deletes: true } as const
  try {
    const [deleted] = await database.asCaller(caller, work)
    if (deleted?.count === 0) throw new Refusal('storage.bucket-not-found', { bucket })
  } catch (thrown) {
    if (sqlstateOf(thrown) !== '23503') throw thrown
    const [objects] = await database.asOwner([firstObject(bucket)])
    throw objects?.count === 0 ? thrown : new Refusal('storage.bucket-not-empty', { bucket }, { cause: thrown })
  }
  return answerEmpty(204)
}

export async function headBucket(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  await assertBucketShown(request, deps, 'storage.s3.bucket.head')
  return answerEmpty(200, { 'x-amz-bucket-region': deps.config.s3Protocol.region })
}

export async function getBucketLocation(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  await assertBucketShown(request, deps, 'storage.s3.bucket.get_location')
  return answerXml('LocationConstraint', deps.config.s3Protocol.region)
}

/** There are no versions to go back to. */
export async function getBucketVersioning(request: S3Request, deps: S3Deps): Promise<S3Answer> {
  await assertBucketShown(request, deps, 'storage.s3.bucket.get_versioning')
  return answerXml('VersioningConfiguration', { Status: 'Suspended', MfaDelete: 'Disabled' })
}
