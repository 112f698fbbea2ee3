// A bucket as clients are shown it.

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
