// What is told of an object without its bytes.

import type { ObjectRow } from '../../rows/object-row.ts'
import { factsOf } from '../download/headers/object-facts.ts'

/** The members as storage-js reads them; null for what the row does not say. Times are ISO 8601. */
export interface ObjectInfo {
  readonly id: string
  readonly name: string
  readonly version: string | null
  readonly bucket_id: string
  readonly size: number | null
  readonly content_type: string | null
  readonly cache_control: string | null
  readonly etag: string | null
  /** What the uploader attached. */
  readonly metadata: Readonly<Record<string, unknown>> | null
  readonly last_modified: string
  readonly created_at: string
}

export function objectInfo(row: ObjectRow): ObjectInfo {
  const { size, mimetype, etag, cacheControl } = factsOf(row)
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    bucket_id: row.bucketId,
    size,
    content_type: mimetype,
    cache_control: row.metadata === null ? null : cacheControl,
    etag: etag === '' ? null : etag,
    metadata: row.userMetadata,
    last_modified: new Date(row.updatedAt).toISOString(),
    created_at: new Date(row.createdAt).toISOString(),
  }
}
