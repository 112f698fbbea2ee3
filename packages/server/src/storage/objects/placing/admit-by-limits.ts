// What the project, the bucket and its quota let an upload have, whoever makes it.

import { Refusal } from '../../../refusal/refusal.ts'
import { newBlobId } from '../../blobs/blobs.ts'
import type { StorageConfig } from '../../config.ts'
import { type Cells, readBucket } from '../../rows/read-rows.ts'
import type { Place } from '../sql/read-object.ts'
import { isAllowed } from '../content-types/is-allowed.ts'
import { mimeTypeRefused } from '../content-types/mime-type-refused.ts'
import type { AdmittedUpload, WantedUpload } from '../uploads.ts'

/** By this name folders are kept that hold nothing else; it holds nothing itself, and is of no type. */
const PLACEHOLDER = '.emptyFolderPlaceholder'

export function isPlaceholder(name: string): boolean {
  return name.endsWith(PLACEHOLDER)
}

/** Of the row of `bucketForUpload`. Refuses with `storage.*`. */
export function admitByLimits(
  config: Pick<StorageConfig, 'fileSizeLimit'>,
  wanted: WantedUpload,
  ownerId: string | null,
  cells: Cells | undefined,
  replacing: Pick<AdmittedUpload, 'replaces' | 'askAgain'>,
): AdmittedUpload {
  if (cells === undefined) throw bucketNotFound(wanted)
  const bucket = readBucket(cells)
  const declared = wanted.contentType
  if (declared !== null && !isPlaceholder(wanted.name) && !isAllowed(declared, bucket.allowedMimeTypes))
    throw mimeTypeRefused(declared, bucket.allowedMimeTypes ?? [])
  const size = isPlaceholder(wanted.name) ? 0 : Math.min(config.fileSizeLimit, bucket.fileSizeLimit ?? Infinity)
  const left = bucket.quota === null ? Infinity : Math.max(0, bucket.quota - takenFor(wanted, cells))
  const limitedBy = left < size ? 'quota' : 'size'
  const limits = { limit: Math.min(size, left), limitedBy } as const
  const admitted = { wanted, bucket, ownerId, version: newBlobId(), ...limits, ...replacing }
  if (wanted.size !== null && wanted.size > admitted.limit) throw limitRefusal(admitted)
  return admitted
}

/** Bytes of the quota that others have. */
function takenFor({ begun, size }: WantedUpload, cells: Cells): number {
  const hasItsShare = begun !== undefined && size !== null
  return Number(cells['used']) + (hasItsShare ? 0 : Number(cells['under_way']))
}

/** For what turns out to be larger than it was admitted for. */
export function limitRefusal({ wanted, bucket, limit, limitedBy }: AdmittedUpload): Refusal {
  return limitedBy === 'quota'
    ? quotaReached(wanted.bucket, bucket.quota ?? 0)
    : new Refusal('storage.too-large', { limit }, { fix: `Upload at most ${limit} bytes, or raise the size limit.` })
}

export function quotaReached(bucket: string, quota: number): Refusal {
  const fix = 'Remove objects of the bucket, end uploads to it that are under way, or raise its quota.'
  return new Refusal('storage.quota-reached', { bucket, quota }, { fix })
}

/** For a token that was signed while another object was there, or none. */
export function replacedMeanwhile({ bucket, name }: Place): Refusal {
  const fix = 'The object came after the URL was signed: sign it again to replace that one.'
  return new Refusal('storage.object-exists', { bucket, name }, { fix })
}

export function bucketNotFound({ bucket }: Pick<Place, 'bucket'>): Refusal {
  return new Refusal('storage.bucket-not-found', { bucket })
}

export function objectExists({ bucket, name }: Place): Refusal {
  const fix = 'Upload with upsert where it may be replaced.'
  return new Refusal('storage.object-exists', { bucket, name }, { fix })
}
