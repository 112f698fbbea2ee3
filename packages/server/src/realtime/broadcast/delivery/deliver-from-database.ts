// Broadcasts that come out of the database, `realtime.send` and its like: rows of `realtime.messages` as they are committed.

import type { RealtimeLimits } from '../../config.ts'
import type { Broadcaster } from './broadcaster.ts'
import { BYTES, JSON_TEXT } from '../message/broadcast-message.ts'

export interface DatabaseMessage {
  readonly id: string
  /** The subtopic. */
  readonly topic: string
  readonly event: string
  /** JSON text, or bytes. */
  readonly payload: string | Buffer
  readonly isPrivate: boolean
}

/** Tells everybody in the room here; each process hears of the row. False where it is larger than a broadcast may be: it is told to nobody, as upstream. */
export type DeliverFromDatabase = (message: DatabaseMessage) => boolean

export function createDatabaseDelivery(
  broadcaster: Pick<Broadcaster, 'tellHere'>,
  { broadcastBytes }: Pick<RealtimeLimits, 'broadcastBytes'>,
): DeliverFromDatabase {
  return ({ id, topic, event, payload, isPrivate }) => {
    const isText = typeof payload === 'string'
    const bytes = isText ? Buffer.from(payload) : payload
    if (bytes.length > broadcastBytes) return false
    const encoding = isText ? JSON_TEXT : BYTES
    const metadata = JSON.stringify({ id })
    broadcaster.tellHere({
      subtopic: topic,
      isPrivate,
      message: { kind: 'user', event, encoding, payload: bytes, metadata },
    })
    return true
  }
}
