// The channel of NOTIFY while the process runs: heard under the name the configuration gives it at the moment, or
// not at all.

import type { Listen } from '../../../catalog/catalog-keeper.ts'
import { listen, type Listener } from '../../../database/pool/listen.ts'
import type { ConnectionTarget } from './connection-target.ts'

export interface ChannelEvents {
  onHeard(channel: string): void
  onLost(channel: string, reason: string, retryIn: number): void
}

export interface Channel {
  /** Subscribes; for the catalog's keeper. */
  readonly listen: Listen
  /** Goes over to this channel; null listens to none. */
  change(channel: string | null): void
  /** Whether notifications arrive, or none are wanted. */
  isHeard(): boolean
}

type Handlers = Parameters<Listen>[1]

/** Opens nothing before `listen` is called. */
export function reconnectingChannel(target: ConnectionTarget, first: string | null, events: ChannelEvents): Channel {
  let channel = first
  let heard = false
  let handlers: Handlers | null = null
  let listener: Listener | null = null

  function open(name: string, given: Handlers): Listener {
    const hear = (): void => {
      heard = true
      events.onHeard(name)
    }
    const opened = listen({
      ...target,
      channel: name,
      onNotification: (payload) => given.onNotification(payload),
      onReconnect() {
        hear()
        given.onReconnect()
      },
      onLost(reason, retryIn) {
        heard = false
        events.onLost(name, reason, retryIn)
      },
    })
    void opened.ready.then(() => (listener === opened ? hear() : undefined))
    return opened
  }

  return {
    listen(_channel, given) {
      handlers = given
      listener = channel === null ? null : open(channel, given)
      return { ready: listener?.ready ?? Promise.resolve(), close: async () => await listener?.close() }
    },
    change(next) {
      if (next === channel || handlers === null) return
      channel = next
      heard = false
      void listener?.close()
      listener = next === null ? null : open(next, handlers)
    },
    isHeard: () => channel === null || heard,
  }
}
