// What a row says of its object, read with care: SQL may have put anything into `metadata`, and clients chose much of it.

import type { ObjectRow } from '../../../rows/object-row.ts'
import type { Validators } from '../asked/conditions.ts'

export interface ObjectFacts extends Validators {
  /** Bytes; null where the row does not say. */
  readonly size: number | null
  /** As it was stored. */
  readonly mimetype: string | null
  readonly cacheControl: string
  readonly robots: string
}

const VISIBLE = /^[\x20-\x7e]*$/

/** Whatever cannot stand in a header counts as absent, and the defaults are upstream's. */
export function factsOf({ metadata, updatedAt }: Pick<ObjectRow, 'metadata' | 'updatedAt'>): ObjectFacts {
  const said: Readonly<Record<string, unknown>> = { ...metadata }
  const size = said['size'] ?? said['contentLength']
  const modified = Date.parse(textOf(said['lastModified']) ?? updatedAt)
  return {
    etag: textOf(said['eTag']) ?? '',
    lastModified: Number.isNaN(modified) ? null : modified,
    size: typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : null,
    mimetype: textOf(said['mimetype']),
    cacheControl: textOf(said['cacheControl']) ?? 'no-cache',
    robots: textOf(said['xRobotsTag']) ?? 'none',
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && VISIBLE.test(value) ? value : null
}
