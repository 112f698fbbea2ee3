// One round of sweeping: bytes that no row names, and uploads that were never ended. Any number of processes may sweep at
// once, since what one has removed is nothing for another to remove.

import type { StorageDatabase } from '../access/storage-database.ts'
import type { BlobId, Blobs } from '../blobs/blobs.ts'
import type { StorageConfig } from '../config.ts'
import { cellsOf } from '../rows/read-rows.ts'
import { matchBlobs, rowsOf } from './match-blobs.ts'
import { anyObject, endUploads, seesEverything } from './sql/versions.ts'

export interface SweepDeps {
  readonly config: Pick<StorageConfig, 'orphanAge' | 'uploadExpiry'>
  readonly database: StorageDatabase
  readonly blobs: Pick<Blobs, 'list' | 'remove' | 'sweepUnfinished'>
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export interface Swept {
  /** Blobs that no row named. */
  readonly orphans: number
  /** Of these, left where they are: the database has no object at all, so that it may be new, or not theirs. */
  readonly left: number
  /** Writes and uploads that were never ended. */
  readonly unfinished: number
}

/** Stops between two batches once `signal` says so. Refuses with `storage.bytes-unavailable` and `postgres.*`. */
export async function sweepStorage(deps: SweepDeps, signal?: AbortSignal): Promise<Swept> {
  const { config, database, blobs } = deps
  const [, found] = await database.asOwner([seesEverything, anyObject, endUploads(config.uploadExpiry)])
  const trusted = cellsOf(found)[0]?.['any'] === 't'
  const unfinished = await blobs.sweepUnfinished(Math.max(config.uploadExpiry, config.orphanAge) * 1000)
  let orphans = 0
  let candidates: readonly BlobId[] = []
  for await (const batch of matchBlobs(deps)) {
    // Looked at again a batch later: a row that was on its way at the first look is there by then.
    if (trusted) await removeOrphans(deps, candidates)
    const limit = deps.now() - config.orphanAge * 1000
    candidates = batch.filter(({ row, blob }) => row === null && blob.writtenAt < limit).map(({ blob }) => blob.id)
    orphans += candidates.length
    if (signal?.aborted === true) break
  }
  if (trusted) await removeOrphans(deps, candidates)
  return { orphans, left: trusted ? 0 : orphans, unfinished }
}

/** Removes those that still have no row. */
export async function removeOrphans(
  { database, blobs }: Pick<SweepDeps, 'database'> & { readonly blobs: Pick<Blobs, 'remove'> },
  ids: readonly BlobId[],
): Promise<void> {
  if (ids.length === 0) return
  const rows = await rowsOf(database, ids)
  await blobs.remove(ids.filter((id) => !rows.has(id)))
}
