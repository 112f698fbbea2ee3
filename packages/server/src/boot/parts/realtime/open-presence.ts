// Presence as a process runs it: on its timers, with names that no process gives twice.

import { randomUUID } from 'node:crypto'

import { outgoing } from '../../../realtime/broadcast/delivery/deliver.ts'
import { createPresence, type Presence, type PresenceDeps } from '../../../realtime/presence/create-presence.ts'
import { printRawMessage } from '../../../realtime/wire/print-message.ts'

interface PresenceParts extends Pick<PresenceDeps, 'bus' | 'deliver' | 'limits' | 'rate'> {
  readonly now: () => number
}

export function openPresence({ bus, deliver, limits, rate, now }: PresenceParts): Presence {
  return createPresence({
    bus,
    deliver,
    limits,
    rate,
    eventOf(topic, event, payload) {
      const json = JSON.stringify(payload)
      return outgoing((vsn) => printRawMessage(vsn, topic, event, json))
    },
    newRef: randomUUID,
    clock: { now, after },
  })
}

function after(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds)
  return () => clearTimeout(timer)
}
