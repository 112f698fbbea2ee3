// Uploads under way: beginning, finding, ending their rows.

import { Refusal } from '../../../refusal/refusal.ts'
import type { StorageDatabase } from '../../access/storage-database.ts'
import { blobId, type BlobId } from '../../blobs/blobs.ts'
import { type Cells, cellsOf } from '../../rows/read-rows.ts'
import {
  declareSize,
  deleteUpload,
  insertUpload,
  markCompleted,
  selectExpired,
  selectUpload,
} from '../sql/resumable-rows.ts'
import type { ResumableUpload, UploadMetadata } from './resumable-upload.ts'

export interface ResumableUploads {
  /** Refuses with `storage.uploads-unfinished`. */
  begin(upload: Omit<ResumableUpload, 'createdAt' | 'completed'>): Promise<void>
  /** Null where there is none, or no longer. */
  find(version: BlobId): Promise<ResumableUpload | null>
  /** For one that began without a size. */
  declareSize(version: BlobId, size: number): Promise<void>
  markCompleted(version: BlobId): Promise<void>
  remove(version: BlobId): Promise<void>
  /** Those that began more than `age` seconds ago; at most `most`, the oldest first. */
  expired(age: number, most: number): Promise<readonly BlobId[]>
}

/** Uploads that one person may have unfinished in a bucket; and under one name those who were given a token for it. */
const MOST = 100
/** Of all together who do not say who they are. */
const MOST_OF_STRANGERS = 1000

/** Refuses with `postgres.*`. */
export function resumableUploads(database: Pick<StorageDatabase, 'asOwner'>): ResumableUploads {
  return {
    async begin(upload) {
      const most = mostOf(upload)
      const [inserted] = await database.asOwner([insertUpload(upload, most)])
      if (most === null || inserted?.count !== 0) return
      const fix = 'Finish or delete the uploads under way; those that were given up are over after a day by default.'
      throw new Refusal('storage.uploads-unfinished', { most }, { fix })
    },
    async find(version) {
      const [cells] = cellsOf((await database.asOwner([selectUpload(version)]))[0])
      return cells === undefined ? null : readUpload(version, cells)
    },
    async declareSize(version, size) {
      await database.asOwner([declareSize(version, size)])
    },
    async markCompleted(version) {
      await database.asOwner([markCompleted(version)])
    },
    async remove(version) {
      await database.asOwner([deleteUpload(version)])
    },
    async expired(age, most) {
      const rows = cellsOf((await database.asOwner([selectExpired(age, most)]))[0])
      return rows.map((cells) => blobId(cells['version'] ?? null)).filter((version) => version !== null)
    },
  }
}

/** Null for a server of the project, which uploads for many. */
function mostOf({ role, signed, ownerId }: Pick<ResumableUpload, 'role' | 'signed' | 'ownerId'>): number | null {
  if (role === 'service_role') return null
  return signed || ownerId !== null ? MOST : MOST_OF_STRANGERS
}

function readUpload(version: BlobId, cells: Cells): ResumableUpload {
  const size = cells['size'] ?? null
  return {
    version,
    bucket: cells['bucket_id'] ?? '',
    name: cells['name'] ?? '',
    ownerId: cells['owner_id'] ?? null,
    role: cells['role'] ?? '',
    signed: cells['signed'] === 't',
    upsert: cells['upsert'] === 't',
    size: size === null ? null : Number(size),
    metadata: JSON.parse(cells['metadata'] ?? '{}') as UploadMetadata,
    createdAt: Number(cells['created_at']) * 1000,
    completed: cells['completed'] === 't',
  }
}
