// What a client pushes as a broadcast, as the message that goes out.

import type { Push } from '../../channels/channel.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { BroadcastMessage } from './broadcast-message.ts'

/** Refuses with `realtime.message-malformed` a text payload that is no object, as no client could hear it. */
export function messageOf({ payload, binary }: Push): BroadcastMessage {
  if (binary !== null) {
    const { event, encoding, bytes } = binary
    return { kind: 'user', event, encoding, payload: bytes, metadata: '' }
  }
  if (typeof payload === 'object' && payload !== null && !Array.isArray(payload)) {
    return { kind: 'text', json: JSON.stringify(payload) }
  }
  throw new Refusal('realtime.message-malformed', { reason: 'The payload of a broadcast must be an object' })
}

/** Bytes that count against `limits.broadcastBytes`. */
export function sizeOf(message: BroadcastMessage): number {
  return message.kind === 'user' ? message.payload.length : Buffer.byteLength(message.json)
}
