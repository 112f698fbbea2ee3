// The figures for reading.

import type { LoadFigures } from '../load/http-load.ts'
import type { RestReadReport } from './bench-rest-read.ts'

type Bar = { readonly atLeast: number } | { readonly atMost: number }

/** Figures, ratios against their bars, and the conditions they hold under. */
export function renderReport({ figures, ratios, bars, conditions }: RestReadReport): string {
  const { cores, processor, node, postgres, commit, rounds, seconds, connections, pool, measuredAt } = conditions
  return `
Reading ten rows under Row Level Security, ${connections} HTTP connections, ${pool} to Postgres

  a  pgbench, pipelined        ${figures.pgbench === null ? 'not installed' : `${count(figures.pgbench)}/s`}
  b  node:http + pg, pipelined ${load(figures.barePipelined)}
  c  node:http + pg, awaited   ${load(figures.bareAwaited)}
  d  the whole server          ${load(figures.wholeServer)}

  d / b               ${ratio(ratios.wholeToPipelined, bars.wholeToPipelined)}
  d / c               ${ratio(ratios.wholeToAwaited, bars.wholeToAwaited)}
  b / a               ${ratios.pipelinedToPgbench === null ? 'not measured' : ratios.pipelinedToPgbench.toFixed(2)}
  p99/p50, d over b   ${ratio(ratios.tail, bars.tail)}
  idle memory         ${figures.idleMemory === null ? 'not measured' : `${figure(figures.idleMemory, bars.idleMemory)} MiB`}
  first start         ${figure(figures.firstStart, bars.firstStart)} ms
  later start         ${figure(figures.laterStart, bars.laterStart)} ms

${rounds} alternating rounds of ${seconds} s, medians; ${cores} cores (${processor}), shared with the load and with
Postgres ${postgres}; Node ${node}; commit ${commit ?? 'unknown'}; ${measuredAt}
`
}

function load({ requestsPerSecond, p50, p99, failures }: LoadFigures): string {
  const wrong = failures === 0 ? '' : `  ${failures} wrong answers`
  return `${count(requestsPerSecond).padStart(6)}/s  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms${wrong}`
}

function ratio(value: number, bar: Bar): string {
  return `${value.toFixed(2)}  ${verdict(value, bar)}`
}

function figure(value: number, bar: Bar): string {
  return `${count(value)} (${verdict(value, bar)})`
}

function verdict(value: number, bar: Bar): string {
  if ('atLeast' in bar) return `${value >= bar.atLeast ? 'meets' : 'misses'} ≥ ${bar.atLeast}`
  return `${value <= bar.atMost ? 'meets' : 'misses'} ≤ ${bar.atMost}`
}

function count(value: number): string {
  return String(Math.round(value))
}
