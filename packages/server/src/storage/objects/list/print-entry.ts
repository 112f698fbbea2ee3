// One entry of a listing as clients are shown it.

import type { Cells } from '../../rows/read-rows.ts'

export interface Entry {
  readonly name: string
  /** Its last segment, where folders are listed. */
  readonly key?: string
  /** Null for a folder. */
  readonly id: string | null
  readonly updated_at: string | null
  readonly created_at: string | null
  readonly last_accessed_at: string | null
  readonly metadata: unknown
}

/** Of the columns that the statements of listings return. */
export function printEntry(cells: Cells): Entry {
  const { name, key, id = null, updated_at = null, created_at = null, last_accessed_at = null, metadata = null } = cells
  const read: unknown = metadata === null ? null : JSON.parse(metadata)
  const entry = { name: name ?? '', id, updated_at, created_at, last_accessed_at, metadata: read }
  return typeof key === 'string' ? { key, ...entry } : entry
}
