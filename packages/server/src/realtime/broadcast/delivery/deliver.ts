// One message to many channels: each connection is handed the same bytes.

import type { Channel } from '../../channels/channel.ts'
import type { Frame, Outgoing } from '../../sockets/connection.ts'
import type { Deliver } from '../rooms.ts'

/** Messages of the whole process against `limits.messagesPerSecond`. */
export interface MessageRate {
  readonly isReached: boolean
  add(messages: number): void
}

/** What upstream tells whoever is ended for it. */
const TOO_MANY_MESSAGES = 'Too many messages per second'

/** Since the start. */
export interface DeliveryCounts {
  deliveries: number
}

export function createDeliver(rate: MessageRate, counts: DeliveryCounts = { deliveries: 0 }): Deliver {
  return (members, message, except) => {
    if (rate.isReached) return endAll(members, except)
    let delivered = 0
    for (const channel of members) {
      if (channel === except) continue
      const frame = message.frameFor(channel.connection.vsn)
      if (frame === null) continue
      channel.connection.send(frame)
      delivered++
    }
    rate.add(delivered)
    counts.deliveries += delivered
  }
}

// An ended channel leaves the room that is walked through, which a Set bears.
function endAll(members: Iterable<Channel>, except: Channel | undefined): void {
  for (const channel of members) {
    if (channel !== except) channel.end(TOO_MANY_MESSAGES)
  }
}

/** A message for many: `make` is called when the first member asks for its form, and at most once for each serializer. */
export function outgoing(make: Outgoing['frameFor']): Outgoing {
  let older: Frame | null | undefined
  let newer: Frame | null | undefined
  return {
    frameFor(vsn) {
      if (vsn === '1.0.0') return older === undefined ? (older = make(vsn)) : older
      return newer === undefined ? (newer = make(vsn)) : newer
    },
  }
}
