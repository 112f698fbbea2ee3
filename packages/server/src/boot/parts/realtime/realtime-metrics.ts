// What Realtime counts, for Prometheus.

import { Gauge, type Registry } from 'prom-client'

import type { BusState } from '../../../realtime/fanout/bus.ts'
import type { LinkCounts } from '../../../realtime/fanout/nats/connection/nats-link.ts'
import type { FeedStats } from './open-change-feed.ts'

export interface RealtimeStats {
  readonly sockets: number
  readonly channels: number
  /** Since the start, as the next four. */
  readonly joins: number
  readonly messages: number
  readonly deliveries: number
  readonly refusals: Readonly<Record<string, number>>
  readonly bus: LinkCounts & { readonly state: BusState; readonly peers: number }
  readonly feed: FeedStats
}

const NUMBERS: readonly (readonly [string, string, (stats: RealtimeStats) => number])[] = [
  ['sockets', 'Sockets that are open.', ({ sockets }) => sockets],
  ['channels', 'Channels that are joined, or about to be.', ({ channels }) => channels],
  ['joins', 'Joins that were asked for since the start.', ({ joins }) => joins],
  ['messages', 'Messages that clients sent since the start.', ({ messages }) => messages],
  ['deliveries', 'Messages delivered to many since the start, counted for each client.', (stats) => stats.deliveries],
  ['peers', 'Other processes of this project that are heard of.', ({ bus }) => bus.peers],
  ['bus_connected', '0 while NATS is away.', ({ bus }) => (bus.state.kind === 'cut' ? 0 : 1)],
  ['bus_published', 'Messages to the other processes since the start.', ({ bus }) => bus.published],
  ['bus_dropped', 'Messages to the other processes that were dropped since the start.', ({ bus }) => bus.dropped],
  ['bus_cuts', 'Times that the connection to NATS was lost since the start.', ({ bus }) => bus.cuts],
  ['feed_live', '1 while changes of the database arrive.', ({ feed }) => (feed.state.kind === 'live' ? 1 : 0)],
  ['feed_reading', '1 on the process that reads the log.', ({ feed }) => (isReading(feed) ? 1 : 0)],
  ['feed_followers', 'Processes that this one tells of changes.', ({ feed }) => feed.followers],
  ['feed_changes', 'Changes that this process read from the log since the start.', ({ feed }) => feed.changes],
  ['feed_losses', 'Times that changes may have been lost since the start.', ({ feed }) => feed.losses],
  ['feed_wal_held_bytes', 'WAL that Postgres keeps for the slot.', ({ feed }) => feed.walHeld],
]

/** Registers Realtime's numbers, read when asked. */
export function registerRealtimeMetrics(registry: Registry, stats: () => RealtimeStats): void {
  for (const [name, help, read] of NUMBERS) {
    const gauge: Gauge = new Gauge({
      name: `tenon_realtime_${name}`,
      help,
      registers: [registry],
      collect: () => gauge.set(read(stats())),
    })
  }
  const refusals = new Gauge({
    name: 'tenon_realtime_refusals',
    help: 'Sockets, joins and messages refused since the start, by what said no.',
    labelNames: ['code'],
    registers: [registry],
    collect() {
      for (const [code, count] of Object.entries(stats().refusals)) refusals.set({ code }, count)
    },
  })
}

/** For `/health`. */
export function realtimeFacts({ bus, feed }: RealtimeStats): Readonly<Record<string, unknown>> {
  const reached = bus.state.kind === 'cut' ? `NATS is away: ${bus.state.reason}` : bus.state.kind
  return { processes: reached, peers: bus.peers, changes: feed.state.kind, part: feed.part }
}

function isReading({ part, state }: FeedStats): boolean {
  return part === 'reader' || (part === 'alone' && state.kind === 'live')
}
