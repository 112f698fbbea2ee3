// Who listens to what, over the connections that follow each other: the client keeps subscriptions through its own
// reconnections, and a new connection is given them all.

import type { NatsConnection, Subscription } from '@nats-io/transport-node'

export interface Listeners {
  /** Returns how to stop. */
  add(subject: string, hear: (payload: Uint8Array) => void): () => void
  /** From now on they listen there. */
  moveTo(connection: NatsConnection): void
}

interface Listener {
  readonly subject: string
  readonly hear: (payload: Uint8Array) => void
  subscription: Subscription | null
}

/** `onTrouble` hears of a subscription that NATS does not permit. */
export function createListeners(onTrouble: (error: Error) => void): Listeners {
  const listeners = new Set<Listener>()
  let current: NatsConnection | null = null
  const listen = (listener: Listener, connection: NatsConnection): void => {
    const callback = (error: Error | null, { data }: { data: Uint8Array }): void =>
      error === null ? listener.hear(data) : onTrouble(error)
    listener.subscription = connection.subscribe(listener.subject, { callback })
  }
  return {
    add(subject, hear) {
      const listener: Listener = { subject, hear, subscription: null }
      listeners.add(listener)
      if (current !== null && !current.isClosed()) listen(listener, current)
      return () => {
        if (listeners.delete(listener)) listener.subscription?.unsubscribe()
      }
    },
    moveTo(connection) {
      current = connection
      for (const listener of listeners) listen(listener, connection)
    },
  }
}
