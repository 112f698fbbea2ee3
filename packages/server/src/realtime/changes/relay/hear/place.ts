// What of a chunk somebody has heard before, whichever process it came from.

import type { ChangeChunk } from '../../change.ts'
import type { Place, Progress } from '../message/relay-message.ts'

/** What comes after `progress`; null where there is nothing. That the schema changed may be told again. */
export function unheard(chunk: ChangeChunk, progress: Progress | null): ChangeChunk | null {
  if (progress === null) return chunk
  const { through, last } = progress
  // Of what was told to be lost, some may be read again: a part of it would be a second hole.
  if (chunk.lsn < through) return null
  if (last === null || chunk.lsn > last.lsn) return chunk
  const changes = chunk.changes.filter(({ index }) => index > last.index)
  return changes.length === 0 && !chunk.schemaChanged ? null : { ...chunk, changes }
}

/** Where somebody is who has heard this chunk. */
export function placeAfter(chunk: ChangeChunk, last: Place | null): Place {
  const index = chunk.changes.at(-1)?.index ?? -1
  return last !== null && last.lsn === chunk.lsn && last.index > index ? last : { lsn: chunk.lsn, index }
}
