// A bucket as clients are shown it.

import type { IncomingHttpHeaders } from 'node:http'

import { type Cells, readBucket } from '../rows/read-rows.ts'

/** Upstream prints an owner that is none as an empty text. Our `quota` is there where the bucket has one. */
export function printBucket(cells: Cells, withType: boolean): Readonly<Record<string, unknown>> {
  const bucket = readBucket(cells)
  return {
    id: bucket.id,
    name: bucket.name,
    owner: cells['owner'] ?? '',
    public: bucket.public,
    ...(withType && { type: cells['type'] }),
    file_size_limit: bucket.fileSizeLimit,
    allowed_mime_types: bucket.allowedMimeTypes,
    created_at: cells['created_at'],
    updated_at: cells['updated_at'],
    ...(bucket.quota !== null && { quota: bucket.quota }),
  }
}

/** Clients for Python fail on a bucket with a `type` that are older than storage3 0.12.1, or than supabase-py 2.18.0. */
export function readsTypes(headers: IncomingHttpHeaders): boolean {
  const [, storage3] = /supabase-py\/storage3 v(\d+\.\d+\.\d+)/i.exec(headers['user-agent'] ?? '') ?? []
  const [, python] = /supabase-py\/(\d+\.\d+\.\d+)/i.exec(String(headers['x-client-info'] ?? '')) ?? []
  return !isBefore(storage3, '0.12.1') && !isBefore(python, '2.18.0')
}

function isBefore(version: string | undefined, first: string): boolean {
  return version !== undefined && version.localeCompare(first, 'en', { numeric: true }) < 0
}
