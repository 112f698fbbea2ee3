// Goes through all blobs beside the rows that name them, some at a time.

import type { StorageDatabase } from '../access/storage-database.ts'
import { type BlobId, blobId, type Blobs, type StoredBlob } from '../blobs/blobs.ts'
import { cellsOf } from '../rows/read-rows.ts'
import { knownVersions, seesEverything } from './sql/versions.ts'

/** Blobs looked up together. */
const TOGETHER = 1000

/** The row that names a blob. */
export interface KnownRow {
  /** Null of an upload under way. */
  readonly object: { readonly bucket: string; readonly name: string } | null
  /** Bytes, as the row tells; null where it does not. */
  readonly size: number | null
}

export interface MatchedBlob {
  readonly blob: StoredBlob
  /** Null where there is none. */
  readonly row: KnownRow | null
}

export interface MatchDeps {
  readonly database: StorageDatabase
  readonly blobs: Pick<Blobs, 'list'>
}

/** In batches, so that memory holds no more than one. */
export async function* matchBlobs({ database, blobs }: MatchDeps): AsyncGenerator<readonly MatchedBlob[]> {
  let batch: StoredBlob[] = []
  for await (const blob of blobs.list()) {
    batch.push(blob)
    if (batch.length < TOGETHER) continue
    yield await match(database, batch)
    batch = []
  }
  if (batch.length > 0) yield await match(database, batch)
}

async function match(database: StorageDatabase, batch: readonly StoredBlob[]): Promise<readonly MatchedBlob[]> {
  const rows = await rowsOf(
    database,
    batch.map(({ id }) => id),
  )
  return batch.map((blob) => ({ blob, row: rows.get(blob.id) ?? null }))
}

/** The rows that name these blobs. */
export async function rowsOf(
  database: StorageDatabase,
  ids: readonly BlobId[],
): Promise<ReadonlyMap<BlobId, KnownRow>> {
  const [, found] = await database.asOwner([seesEverything, knownVersions(ids)])
  const rows = new Map<BlobId, KnownRow>()
  for (const { version, bucket_id: bucket, name, size } of cellsOf(found)) {
    const id = blobId(version ?? null)
    const object = typeof bucket === 'string' && typeof name === 'string' ? { bucket, name } : null
    if (id !== null) rows.set(id, { object, size: typeof size === 'string' ? Number(size) : null })
  }
  return rows
}
