// Request figures for Prometheus. Labels are few by construction: doors and methods of a list, never a path.

import { Gauge } from 'prom-client'
import type { Metric, Registry } from 'prom-client'
import type { PoolGauge } from '../../database/pool/open-pool.ts'
import type { Exchange } from './exchange.ts'

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Counts one finished request. */
export type ObserveRequest = (exchange: Exchange, status: number, milliseconds: number) => void

interface Tally {
  readonly labels: { readonly door: string; readonly method: string; readonly status: number }
  /** For each bucket the requests that fell between the one before and it; those above the last are in `count` alone. */
  readonly within: number[]
  count: number
  seconds: number
}

/** Registers `tenon_http_request_duration_seconds` by door, method and status. */
export function registerRequestMetrics(registry: Registry): ObserveRequest {
  const tallies = new Map<string, Tally>()
  registry.registerMetric(durationMetric(tallies))
  return (exchange, status, milliseconds) => {
    const shown = exchange.request.method ?? ''
    const method = METHODS.has(shown) ? shown : 'other'
    const key = `${exchange.door} ${method} ${status}`
    let tally = tallies.get(key)
    if (tally === undefined) {
      tally = { labels: { door: exchange.door, method, status }, within: BUCKETS.map(() => 0), count: 0, seconds: 0 }
      tallies.set(key, tally)
    }
    const seconds = milliseconds / 1000
    tally.count++
    tally.seconds += seconds
    const bucket = BUCKETS.findIndex((bound) => seconds <= bound)
    if (bucket !== -1) tally.within[bucket] = (tally.within[bucket] ?? 0) + 1
  }
}

// The library's own histogram hashes its labels anew for every request, which shows in the time of a REST read.
function durationMetric(tallies: Map<string, Tally>): Metric {
  const about = {
    name: 'tenon_http_request_duration_seconds',
    help: 'Time from a request’s headers to the end of its answer.',
    type: 'histogram',
    aggregator: 'sum',
  }
  const metric = {
    ...about,
    get: () =>
      Promise.resolve({ ...about, values: [...tallies.values()].flatMap((tally) => series(about.name, tally)) }),
    reset: () => tallies.clear(),
  }
  return metric as unknown as Metric
}

function series(name: string, { labels, within, count, seconds }: Tally): object[] {
  let below = 0
  const buckets = BUCKETS.map((le, index) => {
    below += within[index] ?? 0
    return { metricName: `${name}_bucket`, labels: { le, ...labels }, value: below }
  })
  return [
    ...buckets,
    { metricName: `${name}_bucket`, labels: { le: '+Inf', ...labels }, value: count },
    { metricName: `${name}_sum`, labels, value: seconds },
    { metricName: `${name}_count`, labels, value: count },
  ]
}

/** Registers `tenon_database_connections` by state, read when asked. */
export function registerPoolMetrics(registry: Registry, gauge: () => PoolGauge): void {
  const connections = new Gauge({
    name: 'tenon_database_connections',
    help: 'Connections of the request pool: its limit, those open, those idle, and requests waiting for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(gauge())) connections.set({ state }, count)
    },
  })
}
