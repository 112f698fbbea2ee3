// One connection to NATS for the life of the process: made again for ever, and told of when it breaks. What is said over it
// is the bus' business.

import { setTimeout as pause } from 'node:timers/promises'

import { connect, type NatsConnection } from '@nats-io/transport-node'

import { connectionOptions, RETRY } from './connection-options.ts'
import { createListeners } from './listeners.ts'
import type { NatsAddress } from './nats-address.ts'
import { createOutbox } from './outbox.ts'

export interface NatsLink {
  /** Resolves after the first attempt to connect, however it ended. */
  readonly opened: Promise<void>
  state(): LinkState
  /** As the outbox sends. */
  publish(subject: string, frames: (most: number) => readonly Uint8Array[]): void
  /** Returns how to stop. */
  subscribe(subject: string, hear: (payload: Uint8Array) => void): () => void
  /** Resolves once the server knows of every subscription so far; at once while cut. */
  settled(): Promise<void>
  counts(): LinkCounts
  close(): Promise<void>
}

export type LinkState = { readonly kind: 'connected' } | { readonly kind: 'cut'; readonly reason: string }

export interface LinkCounts {
  readonly published: number
  /** Not published because the connection was cut, or NATS took nothing more. */
  readonly dropped: number
  readonly cuts: number
}

interface LinkOptions {
  readonly address: NatsAddress
  readonly name: string
  readonly onChange: (state: LinkState) => void
  /** What went wrong without the connection being lost: a permission that is missing. */
  readonly onTrouble: (error: Error) => void
}

/** Connects in the background. */
export function openNatsLink({ address, name, onChange, onTrouble }: LinkOptions): NatsLink {
  const ending = new AbortController()
  const opened = Promise.withResolvers<void>()
  const listeners = createListeners(onTrouble)
  let cuts = 0
  let state: LinkState = { kind: 'cut', reason: 'not connected yet' }
  let connection: NatsConnection | null = null
  const outbox = createOutbox({
    current: () => (state.kind === 'connected' && connection?.isClosed() === false ? connection : null),
    onOverflow: () => abandon(connection),
  })
  const become = (next: LinkState): void => {
    const isNews = next.kind !== state.kind
    state = next
    opened.resolve()
    if (!isNews || ending.signal.aborted) return
    if (next.kind === 'cut') cuts += 1
    onChange(next)
  }
  const serve = async (fresh: NatsConnection): Promise<void> => {
    connection = fresh
    if (ending.signal.aborted) return await fresh.close()
    listeners.moveTo(fresh)
    become({ kind: 'connected' })
    for await (const status of fresh.status()) {
      if (status.type === 'disconnect') become({ kind: 'cut', reason: 'the connection was lost' })
      else if (status.type === 'reconnect') become({ kind: 'connected' })
      else if (status.type === 'error') onTrouble(status.error)
      else if (status.type === 'staleConnection') abandon(fresh)
    }
    become({ kind: 'cut', reason: 'the connection was closed' })
  }
  const open = async (): Promise<NatsConnection> => await connect(connectionOptions(address, name))
  const life = keepConnected(open, serve, ending.signal, (reason) => become({ kind: 'cut', reason }))
  return {
    opened: opened.promise,
    state: () => state,
    publish: (subject, frames) => outbox.send(subject, frames),
    subscribe: (subject, hear) => listeners.add(subject, hear),
    settled: async () => await outbox.settled(),
    counts: () => ({ published: outbox.published(), dropped: outbox.dropped(), cuts }),
    async close() {
      ending.abort()
      await outbox.settled()
      await connection?.close()
      await life
    },
  }
}

/** The client reconnects by itself, but not before it was connected once, nor after it was abandoned. */
async function keepConnected(
  open: () => Promise<NatsConnection>,
  serve: (connection: NatsConnection) => Promise<void>,
  ending: AbortSignal,
  failed: (reason: string) => void,
): Promise<void> {
  while (!ending.aborted) {
    try {
      await serve(await open())
    } catch (error) {
      failed(error instanceof Error ? error.message : String(error))
    }
    await pause(RETRY, undefined, { signal: ending, ref: false }).catch(() => undefined)
  }
}

/** Ends a connection that takes nothing more without waiting for it, as the client's own reconnection would. */
function abandon(connection: NatsConnection | null): void {
  connection?.close().catch(() => undefined)
}
