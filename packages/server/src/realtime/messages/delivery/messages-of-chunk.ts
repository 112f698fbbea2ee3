// The broadcasts among committed changes: rows that were inserted into `realtime.messages`.

import type { Change, ChangeChunk, Relation } from '../../changes/change.ts'
import { type StoredMessage, storedMessage } from '../stored-message.ts'

const BROADCAST = 'broadcast'
/** A publication that does not go by the root names the day's partition. */
const TABLE = /^messages(_|$)/

/** In commit order. */
export function messagesOfChunk({ changes }: ChangeChunk): readonly StoredMessage[] {
  const messages: StoredMessage[] = []
  for (const change of changes) {
    const message = isInserted(change) ? messageOf(change) : null
    if (message !== null) messages.push(message)
  }
  return messages
}

function isInserted({ kind, relation }: Change): boolean {
  return kind === 'INSERT' && relation.schema === 'realtime' && TABLE.test(relation.table)
}

function messageOf({ relation, record }: Change): StoredMessage | null {
  const cell = (name: string): string | null | undefined => record?.[placeOf(relation, name)]
  if (cell('extension') !== BROADCAST) return null
  return storedMessage({
    id: cell('id'),
    topic: cell('topic'),
    event: cell('event'),
    private: cell('private'),
    payload: cell('payload'),
    binaryPayload: cell('binary_payload'),
  })
}

function placeOf({ columns }: Relation, name: string): number {
  return columns.findIndex((column) => column.name === name)
}
