// What Realtime counts, for Prometheus.

import { Gauge, type Registry } from 'prom-client'

export interface RealtimeStats {
  readonly sockets: number
  readonly channels: number
  /** Since the start, as the next three. */
  readonly joins: number
  readonly messages: number
  readonly refusals: Readonly<Record<string, number>>
}

/** Registers Realtime's numbers, read when asked. */
export function registerRealtimeMetrics(registry: Registry, stats: () => RealtimeStats): void {
  const plain = [
    ['sockets', 'Sockets that are open.'],
    ['channels', 'Channels that are joined, or about to be.'],
    ['joins', 'Joins that were asked for since the start.'],
    ['messages', 'Messages that clients sent since the start.'],
  ] as const
  for (const [name, help] of plain) {
    const gauge: Gauge = new Gauge({
      name: `tenon_realtime_${name}`,
      help,
      registers: [registry],
      collect: () => gauge.set(stats()[name]),
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
