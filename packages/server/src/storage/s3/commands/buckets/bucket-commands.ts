// Buckets: made, shown, listed and deleted under the policies on `storage.buckets`.

import { createBucket as create } from '../../../buckets/create-bucket.ts'
import { removeBucket } from '../../../buckets/remove-bucket.ts'
import { listBuckets as listing } from '../../../buckets/sql/buckets.ts'
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
  const made = { id: bucket, name: bucket, public: request.header('x-amz-acl') === 'public-read' }
  await create(database, caller, made, 'storage.s3.bucket.create')
  return answerEmpty(200, { location: `/${bucket}` })
}

/** Refuses with `storage.bucket-not-found`, `storage.bucket-not-empty`. */
export async function deleteBucket({ bucket, caller }: S3Request, { database }: S3Deps): Promise<S3Answer> {
  await removeBucket(database, caller, bucket, 'storage.s3.bucket.delete')
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
