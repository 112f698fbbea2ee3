// An object as clients are shown its row.

import type { ObjectRow } from './object-row.ts'

/** By the columns' names. */
export function printObject(row: ObjectRow): Readonly<Record<string, unknown>> {
  return {
    name: row.name,
    bucket_id: row.bucketId,
    owner: row.ownerId !== null && UUID.test(row.ownerId) ? row.ownerId : '',
    owner_id: row.ownerId ?? '',
    version: row.version ?? '',
    id: row.id,
    updated_at: isoTime(row.updatedAt),
    created_at: isoTime(row.createdAt),
    last_accessed_at: isoTime(row.lastAccessedAt),
    metadata: row.metadata,
    user_metadata: row.userMetadata,
  }
}

/** Only such an owner is in the column `owner`. */
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

/** Postgres' time as JavaScript prints it. */
function isoTime(text: string): string | null {
  const time = new Date(text)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}
