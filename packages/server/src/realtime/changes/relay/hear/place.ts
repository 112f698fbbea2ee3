// What of a chunk somebody has heard before, whichever process it came from.

import type { ChangeChunk } from '../../change.ts'
import type { Place } from '../message/relay-message.ts'

/** What comes after `last`; null where there is nothing. That the schema changed may be told again. */
export function unheard(chunk: ChangeChunk, last: Place | null): ChangeChunk | null {
  if (last === null || chunk.lsn > last.lsn) return chunk
  if (chunk.lsn < last.lsn) return null
  const changes = chunk.changes.filter(({ index }) => index > last.index)
  return changes.length === 0 && !chunk.schemaChanged ? null : { ...chunk, changes }
}

/** Where somebody is who has heard this chunk. */
export function placeAfter(chunk: ChangeChunk, last: Place | null): Place {
  const index = chunk.changes.at(-1)?.index ?? -1
  return last !== null && last.lsn === chunk.lsn && last.index > index ? last : { lsn: chunk.lsn, index }
}
