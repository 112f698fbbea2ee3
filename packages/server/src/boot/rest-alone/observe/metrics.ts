// PostgREST's metrics (https://docs.postgrest.org/en/stable/references/observability.html#metrics), and the memory
// and processor figures of the process beside them.

import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import type { PoolGauge } from '../../../database/pool/open-pool.ts'
import type { Observation } from './observation.ts'

export interface AloneMetrics {
  count(seen: Observation): void
  /** Prometheus' text format. */
  render(): Promise<string>
}

/** The pool is asked when the metrics are. */
export function createMetrics(pool: () => PoolGauge): AloneMetrics {
  const registry = new Registry()
  const registers = [registry]
  const counter = (name: string, help: string) => new Counter({ name, help, registers })
  const poolGauge = (name: string, help: string, read: (gauge: PoolGauge) => number): void => {
    registry.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        collect() {
          this.set(read(pool()))
        },
      }),
    )
  }
  collectDefaultMetrics({ register: registry })
  const timeouts = counter('pgrst_db_pool_timeouts_total', 'Waits for a pooled connection that took too long')
  poolGauge('pgrst_db_pool_available', 'Connections of the pool that are open and idle', ({ idle }) => idle)
  poolGauge('pgrst_db_pool_waiting', 'Requests that wait for a connection', ({ waiting }) => waiting)
  poolGauge('pgrst_db_pool_max', 'Most connections the pool opens', ({ size }) => size)
  const loads = new Counter({
    name: 'pgrst_schema_cache_loads_total',
    help: 'Times the schema cache was loaded, or could not be',
    labelNames: ['status'],
    registers,
  })
  const queryTime = new Gauge({
    name: 'pgrst_schema_cache_query_time_seconds',
    help: 'Time the last load of the schema cache took',
    registers,
  })
  const lookUps = counter('pgrst_jwt_cache_requests_total', 'Look-ups in the JWT cache')
  const hits = counter('pgrst_jwt_cache_hits_total', 'Look-ups in the JWT cache that found the token')
  const evictions = counter('pgrst_jwt_cache_evictions_total', 'Tokens that made room for others in the JWT cache')
  return {
    count(seen) {
      if (seen.kind === 'connection-timed-out') timeouts.inc()
      if (seen.kind === 'catalog-failed') loads.inc({ status: 'FAIL' })
      if (seen.kind === 'token-evicted') evictions.inc()
      if (seen.kind === 'token-looked-up') lookUps.inc()
      if (seen.kind === 'token-looked-up' && seen.hit) hits.inc()
      if (seen.kind !== 'catalog-loaded') return
      loads.inc({ status: 'SUCCESS' })
      queryTime.set(seen.took / 1000)
    },
    render: () => registry.metrics(),
  }
}
