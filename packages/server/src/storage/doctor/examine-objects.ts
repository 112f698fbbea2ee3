// Looks from each row to its bytes.

import { createHash } from 'node:crypto'

import { type BlobId, blobId, type Blobs } from '../blobs/blobs.ts'
import { type Cells, cellsOf } from '../rows/read-rows.ts'
import { seesEverything } from '../sweep/sql/versions.ts'
import type { DoctorDeps, Tell } from './examine-storage.ts'
import type { Finding, NamedObject } from './finding.ts'
import { correctObject, deleteObject, objectsAfter, sameObject } from './sql/object-rows.ts'

const PAGE = 500
/** Blobs asked for together. */
const TOGETHER = 16

interface ExaminedRow {
  readonly id: string
  readonly object: NamedObject
  readonly version: string | null
  readonly size: number | null
  readonly eTag: string | null
}

/** How many there are. `beforeDeletion` may refuse. */
export async function examineObjects(deps: DoctorDeps, tell: Tell, beforeDeletion: () => void): Promise<number> {
  let count = 0
  for (let after: string | null = null; ;) {
    const rows = await pageAfter(deps, after)
    count += rows.length
    for (let at = 0; at < rows.length; at += TOGETHER) {
      await Promise.all(
        rows.slice(at, at + TOGETHER).map(async (row) => await examineObject(deps, row, tell, beforeDeletion)),
      )
    }
    const last = rows.at(-1)
    if (last === undefined) return count
    after = last.id
  }
}

async function pageAfter({ database }: DoctorDeps, after: string | null): Promise<readonly ExaminedRow[]> {
  const [, page] = await database.asOwner([seesEverything, objectsAfter(after, PAGE)])
  return cellsOf(page).map(rowOf)
}

function rowOf({ id, bucket_id: bucket, name, version, size, etag }: Cells): ExaminedRow {
  return {
    id: id ?? '',
    object: { bucket: bucket ?? '', name: name ?? '' },
    version: version ?? null,
    size: size === null || size === undefined ? null : Number(size),
    eTag: etag?.replaceAll('"', '') || null,
  }
}

async function examineObject(
  deps: DoctorDeps,
  row: ExaminedRow,
  tell: Tell,
  beforeDeletion: () => void,
): Promise<void> {
  const id = blobId(row.version)
  const stored = id === null ? null : await deps.blobs.stat(id)
  if (stored === null) return await examineMissing(deps, row, tell, beforeDeletion)
  const { deep, repair } = deps.wishes
  // A size alone does not tell which of the two is wrong.
  const etag = deep || row.size !== stored.size ? await etagOf(deps.blobs, stored.id, row.eTag) : null
  const wrong = differenceOf(row, stored.size, etag)
  if (wrong === null || !(await isSame(deps, row))) return
  if (wrong.kind === 'bytes-damaged') return tell(wrong, false)
  const correct = correctObject(row.id, stored.id, {
    size: stored.size,
    ...(etag === null ? {} : { eTag: `"${etag}"` }),
  })
  if (repair) await deps.database.asOwner([seesEverything, correct])
  tell(wrong, repair)
}

/** Whoever replaced the object meanwhile has removed its old bytes: then the row is another by now. */
async function examineMissing(
  deps: DoctorDeps,
  row: ExaminedRow,
  tell: Tell,
  beforeDeletion: () => void,
): Promise<void> {
  if (!(await isSame(deps, row))) return
  if (deps.wishes.repair) {
    beforeDeletion()
    await deps.database.asOwner([seesEverything, deleteObject(row.id, row.version)])
  }
  tell({ kind: 'row-without-bytes', object: row.object }, deps.wishes.repair)
}

async function isSame({ database }: DoctorDeps, { id, version }: ExaminedRow): Promise<boolean> {
  const [, found] = await database.asOwner([seesEverything, sameObject(id, version)])
  return cellsOf(found).length > 0
}

/** `etag`: what the bytes come to, where they were read and can be compared. */
function differenceOf({ object, size: told, eTag }: ExaminedRow, size: number, etag: string | null): Finding | null {
  const damaged = eTag !== null && (etag === null ? told !== null && told !== size : etag !== eTag)
  if (damaged) return { kind: 'bytes-damaged', object, told, size }
  if (told !== size) return { kind: 'size-differs', object, told, size }
  return eTag === null && etag !== null ? { kind: 'etag-missing', object, etag } : null
}

/** Null for an entity tag that does not tell how to work it out: of a blob in parts, or of bytes that are gone by now. */
async function etagOf(blobs: Blobs, id: BlobId, told: string | null): Promise<string | null> {
  if (told !== null && /-\d+$/.test(told)) return null
  const stream = await blobs.read(id)
  if (stream === null) return null
  const md5 = createHash('md5')
  for await (const chunk of stream as AsyncIterable<Buffer>) md5.update(chunk)
  return md5.digest('hex')
}
