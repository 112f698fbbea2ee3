// Uploads under way: beginning, finding, ending their rows.

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

/** Refuses with `postgres.*` alone. */
export function resumableUploads(database: Pick<StorageDatabase, 'asOwner'>): ResumableUploads {
  return {
    async begin(upload) {
      await database.asOwner([insertUpload(upload)])
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
