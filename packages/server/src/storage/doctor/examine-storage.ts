// Compares all rows with all bytes, from both sides, and repairs what differs where that is wished. Memory holds a page of
// either. A place of the bytes that does not answer is an error, never emptiness.

import { Refusal } from '../../refusal/refusal.ts'
import type { StorageDatabase } from '../access/storage-database.ts'
import type { Blobs } from '../blobs/blobs.ts'
import type { StorageConfig } from '../config.ts'
import { cellsOf } from '../rows/read-rows.ts'
import { matchBlobs } from '../sweep/match-blobs.ts'
import { seesEverything } from '../sweep/sql/versions.ts'
import { removeOrphans } from '../sweep/sweep-storage.ts'
import { examineObjects } from './examine-objects.ts'
import type { Examination, Finding } from './finding.ts'
import { expiredUploads } from './sql/expired-uploads.ts'

export interface DoctorDeps {
  /** Seconds after which bytes without a row, and uploads that were never ended, are forgotten rather than under way. */
  readonly ages: Pick<StorageConfig, 'orphanAge' | 'uploadExpiry'>
  readonly database: StorageDatabase
  readonly blobs: Blobs
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly wishes: {
    /** Reads all bytes, and compares what they are. */
    readonly deep: boolean
    readonly repair: boolean
  }
}

/** Hears of a finding, and whether it was repaired. */
export type Tell = (finding: Finding, repaired: boolean) => void

/** Refuses with `storage.bytes-unavailable` and `postgres.*`. */
export async function examineStorage(deps: DoctorDeps, hear: Tell): Promise<Examination> {
  let [found, repaired] = [0, 0]
  const tell: Tell = (finding, mended) => {
    found += 1
    if (mended) repaired += 1
    hear(finding, mended)
  }
  const { blobs, named, young } = await examineBlobs(deps, tell)
  const objects = await examineObjects(deps, tell, () => requireSomeBytes(named))
  await examineUploads(deps, tell)
  return { objects, blobs, young, found, repaired }
}

interface BlobCounts {
  readonly blobs: number
  /** By a row. */
  readonly named: number
  readonly young: number
}

async function examineBlobs(deps: DoctorDeps, tell: Tell): Promise<BlobCounts> {
  const { ages, now, wishes } = deps
  let [blobs, named, young] = [0, 0, 0]
  for await (const batch of matchBlobs(deps)) {
    blobs += batch.length
    const alone = batch.filter(({ row }) => row === null).map(({ blob }) => blob)
    named += batch.length - alone.length
    const limit = now() - ages.orphanAge * 1000
    const orphans = alone.filter(({ writtenAt }) => writtenAt <= limit)
    if (wishes.repair) {
      await removeOrphans(
        deps,
        orphans.map(({ id }) => id),
      )
    }
    for (const { id, size } of orphans) tell({ kind: 'bytes-without-row', id, size }, wishes.repair)
    young += alone.length - orphans.length
  }
  return { blobs, named, young }
}

/** Rows are not removed by the word of a place that has none of their bytes: it may be another, or one that is not mounted. */
function requireSomeBytes(named: number): void {
  if (named > 0) return
  throw new Refusal(
    'storage.bytes-unavailable',
    { reason: 'The place of the bytes has not one of the objects' },
    {
      fix: 'See whether [storage.s3] or the folder is the right one; delete the objects by the API where they are lost.',
    },
  )
}

async function examineUploads({ blobs, database, ages, wishes }: DoctorDeps, tell: Tell): Promise<void> {
  const count = await blobs.sweepUnfinished(ages.uploadExpiry * 1000, wishes.repair ? 'remove' : 'count')
  if (count > 0) tell({ kind: 'uploads-abandoned', count }, wishes.repair)
  const [, expired] = await database.asOwner([seesEverything, expiredUploads(ages.uploadExpiry)])
  for (const { bucket_id: bucket, name, began } of cellsOf(expired))
    tell({ kind: 'upload-expired', object: { bucket: bucket ?? '', name: name ?? '' }, began: began ?? '' }, false)
}
