// Makes the buckets of the configuration, brings those that are there up to date, and gives files to those that have a folder.

import type { BucketConfig, StorageConfig } from '../../config.ts'
import type { StorageDeps } from '../../door/storage-deps.ts'
import { checkNewBucketName } from '../../names/bucket-name.ts'
import { cellsOf } from '../../rows/read-rows.ts'
import { readBucketFields } from '../bucket-fields.ts'
import { upsertBucket } from './sql/configured-bucket.ts'
import { type SetUp, trying } from './trying.ts'
import { uploadFolder } from './upload-folder.ts'

interface SetUpParts extends Pick<StorageDeps, 'database' | 'blobs' | 'uploads'> {
  readonly config: Pick<StorageConfig, 'buckets' | 'fileSizeLimit'>
}

/**
 * `filled`: the buckets that get what is new or changed in their folders. A start fills those it makes, so that what
 * people changed or deleted in the others stays so. What cannot be is told of, and keeps nothing else from being done.
 */
export async function setUpBuckets(parts: SetUpParts, filled: 'made' | 'all'): Promise<SetUp> {
  const uploaded: string[] = []
  const notices: string[] = []
  for (const bucket of parts.config.buckets) {
    let made = false
    const work = async (): Promise<void> => void (made = await setUpBucket(parts, bucket))
    const notice = aboveLimit(parts, bucket) ?? (await trying(`bucket ${bucket.name}`, work))
    if (notice !== null) notices.push(notice)
    if (notice !== null || bucket.objectsPath === null || (filled === 'made' && !made)) continue
    const result = await uploadFolder(parts, bucket.name, bucket.objectsPath)
    uploaded.push(...result.uploaded)
    notices.push(...result.notices)
  }
  return { uploaded, notices }
}

/** In words of the configuration; a client is told of an object that is too large. */
function aboveLimit({ config }: SetUpParts, { name, fileSizeLimit }: BucketConfig): string | null {
  if (fileSizeLimit === null || fileSizeLimit <= config.fileSizeLimit) return null
  const project = `[storage] file_size_limit, which is ${config.fileSizeLimit} bytes`
  return `Storage: [storage.buckets.${name}] file_size_limit: ${fileSizeLimit} bytes are more than ${project}`
}

/** Whether it was not there before. */
async function setUpBucket({ config, database }: SetUpParts, bucket: BucketConfig): Promise<boolean> {
  checkNewBucketName(bucket.name)
  const said = { file_size_limit: bucket.fileSizeLimit, allowed_mime_types: bucket.allowedMimeTypes }
  readBucketFields(said, config.fileSizeLimit)
  const [rows] = await database.asOwner([upsertBucket(bucket)])
  return cellsOf(rows)[0]?.['made'] === 't'
}
