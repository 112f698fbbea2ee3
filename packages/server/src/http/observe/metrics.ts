// Request figures for Prometheus. Labels are few by construction: doors and methods of a list, never a path.

import { Gauge, Histogram } from 'prom-client'
import type { Registry } from 'prom-client'
import type { PoolGauge } from '../../database/pool/open-pool.ts'
import type { Exchange } from './exchange.ts'

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Counts one finished request. */
export type ObserveRequest = (exchange: Exchange, status: number, milliseconds: number) => void

/** Registers `tenon_http_request_duration_seconds` by door, method and status. */
export function registerRequestMetrics(registry: Registry): ObserveRequest {
  const durations = new Histogram({
    name: 'tenon_http_request_duration_seconds',
    help: 'Time from a request’s headers to the end of its answer.',
    labelNames: ['door', 'method', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  })
  return (exchange, status, milliseconds) => {
    const method = exchange.request.method ?? ''
    const labels = { door: exchange.door, method: METHODS.has(method) ? method : 'other', status }
    durations.observe(labels, milliseconds / 1000)
  }
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
