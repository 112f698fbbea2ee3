// One page of a bucket's objects, read as the caller sees them.

import type { Cells } from '../../rows/read-rows.ts'
import { cellsOf } from '../../rows/read-rows.ts'
import type { S3Deps, S3Request } from '../s3-request.ts'
import { listObjects } from '../sql/list-objects.ts'
import { afterName, afterNamesBeneath, type Page } from './page.ts'

export interface Listing {
  readonly objects: readonly ListedObject[]
  readonly folders: readonly string[]
  readonly isTruncated: boolean
  /** The last name or folder of the page; null for an empty one. */
  readonly last: string | null
  /** Where the next page begins; null where there is none. */
  readonly next: string | null
}

export interface ListedObject {
  readonly name: string
  readonly etag: string | null
  readonly size: number
  /** ISO 8601. */
  readonly updatedAt: string
}

export async function readListing(
  { bucket, caller }: Pick<S3Request, 'bucket' | 'caller'>,
  { database }: Pick<S3Deps, 'database'>,
  page: Page,
): Promise<Listing> {
  if (page.limit === 0) return { objects: [], folders: [], isTruncated: false, last: null, next: null }
  const statements = [listObjects(bucket, { ...page, limit: page.limit + 1 })]
  const [rows] = await database.asCaller(caller, { operation: 'storage.s3.object.list', statements, readOnly: true })
  const found = cellsOf(rows)
  const shown = found.slice(0, page.limit)
  const isTruncated = found.length > shown.length
  const last = shown.at(-1)
  return {
    objects: shown.filter(isObject).map(listed),
    folders: shown.map(({ folder }) => folder ?? null).filter((folder) => folder !== null),
    isTruncated,
    last: last === undefined ? null : (last['folder'] ?? last['name'] ?? ''),
    next: isTruncated && last !== undefined ? behind(last) : null,
  }
}

function isObject(cells: Cells): boolean {
  return (cells['folder'] ?? null) === null
}

function listed(cells: Cells): ListedObject {
  return {
    name: cells['name'] ?? '',
    etag: cells['etag'] ?? null,
    size: Number(cells['size'] ?? 0),
    updatedAt: cells['updated_at'] ?? '',
  }
}

function behind(cells: Cells): string {
  const folder = cells['folder'] ?? null
  return folder === null ? afterName(cells['name'] ?? '') : afterNamesBeneath(folder)
}
