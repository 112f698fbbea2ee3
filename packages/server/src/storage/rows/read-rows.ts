// Rows as Postgres prints them, read.

import type { Rows } from '../../database/statement.ts'
import { blobId } from '../blobs/blobs.ts'
import type { BucketRow, ObjectMetadata, ObjectRow } from './object-row.ts'

export type Cells = Readonly<Record<string, string | null>>

/** Each row by its columns' names. */
export function cellsOf(rows: Rows | undefined): readonly Cells[] {
  if (rows === undefined) return []
  const { columns } = rows
  return rows.rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])))
}

/** Of `objectColumns`. */
export function readObject(cells: Cells): ObjectRow {
  const text = (name: string): string => cells[name] ?? ''
  return {
    id: text('id'),
    bucketId: text('bucket_id'),
    name: text('name'),
    ownerId: cells['owner_id'] ?? null,
    version: blobId(cells['version'] ?? null),
    metadata: readJson(cells['metadata']) as ObjectMetadata | null,
    userMetadata: readJson(cells['user_metadata']) as ObjectRow['userMetadata'],
    createdAt: text('created_at'),
    updatedAt: text('updated_at'),
    lastAccessedAt: text('last_accessed_at'),
  }
}

export function readBucket(cells: Cells): BucketRow {
  return {
    id: cells['id'] ?? '',
    name: cells['name'] ?? '',
    public: cells['public'] === 't',
    fileSizeLimit: readNumber(cells['file_size_limit']),
    allowedMimeTypes: readTextArray(cells['allowed_mime_types']),
    quota: readNumber(cells['quota']),
  }
}

function readJson(text: string | null | undefined): unknown {
  return text === null || text === undefined ? null : JSON.parse(text)
}

function readNumber(text: string | null | undefined): number | null {
  return text === null || text === undefined ? null : Number(text)
}

/** One-dimensional, as Postgres prints it: `{image/*,"a b"}`. */
function readTextArray(text: string | null | undefined): readonly string[] | null {
  if (text === null || text === undefined) return null
  const items = text.slice(1, -1).match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? []
  return items.map((item) => (item.startsWith('"') ? item.slice(1, -1).replaceAll(/\\(.)/g, '$1') : item))
}
