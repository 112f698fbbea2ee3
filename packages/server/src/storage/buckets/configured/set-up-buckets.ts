// Makes the buckets of the configuration, brings those that are there up to date, and gives them the files of their folders.

import type { BucketConfig } from '../../config.ts'
import type { StorageDeps } from '../../door/storage-deps.ts'
import { checkNewBucketName } from '../../names/bucket-name.ts'
import { readBucketFields } from '../bucket-fields.ts'
import { upsertBucket } from './sql/configured-bucket.ts'
import { type SetUp, trying } from './trying.ts'
import { uploadFolder } from './upload-folder.ts'

type SetUpParts = Pick<StorageDeps, 'config' | 'database' | 'blobs' | 'uploads'>

/** What cannot be is told of, and keeps nothing else from being done. */
export async function setUpBuckets(parts: SetUpParts): Promise<SetUp> {
  const uploaded: string[] = []
  const notices: string[] = []
  for (const bucket of parts.config.buckets) {
    const notice = await trying(`bucket ${bucket.name}`, async () => await setUpBucket(parts, bucket))
    if (notice !== null) notices.push(notice)
    if (notice !== null || bucket.objectsPath === null) continue
    const result = await uploadFolder(parts, bucket.name, bucket.objectsPath)
    uploaded.push(...result.uploaded)
    notices.push(...result.notices)
  }
  return { uploaded, notices }
}

async function setUpBucket({ config, database }: SetUpParts, bucket: BucketConfig): Promise<void> {
  checkNewBucketName(bucket.name)
  const said = { file_size_limit: bucket.fileSizeLimit, allowed_mime_types: bucket.allowedMimeTypes }
  readBucketFields(said, config.fileSizeLimit)
  await database.asOwner([upsertBucket(bucket)])
}
