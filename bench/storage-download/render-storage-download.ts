// The figures of `storage-download` for reading.

import type { LoadFigures } from '../load/http-load.ts'
import type { StorageDownloadReport } from './bench-storage-download.ts'

/** Figures, ratios against the bars, and the conditions they hold under. */
export function renderStorageDownload({ figures, ratios, bars, conditions }: StorageDownloadReport): string {
  const { cores, processor, node, postgres, commit, rounds, seconds, connections, streams, measuredAt } = conditions
  const { small, large } = figures
  return `
Downloads from a private bucket, under Row Level Security

10 kB, ${connections} connections
  a  nginx, which asks nobody                ${load(small.nginx)}
  b  the same statement and the same file    ${load(small.bare)}
  c  Storage                                 ${load(small.tenon)}
100 MB, ${streams} connections
  d  nginx, which asks nobody                ${rate(large.nginx)}
  e  Storage                                 ${rate(large.tenon)}

  c / b   ${ratio(ratios.smallToBare, bars.smallToBare)}
  c / a   ${ratios.smallToNginx.toFixed(2)}
  e / d   ${ratio(ratios.largeToNginx, bars.largeToNginx)}

${rounds} alternating rounds of ${seconds} s, medians; ${cores} cores (${processor}), shared with the load and with
Postgres ${postgres}; Node ${node}; commit ${commit ?? 'unknown'}; ${measuredAt}
`
}

function load({ requestsPerSecond, p50, p99, failures }: LoadFigures): string {
  const wrong = failures === 0 ? '' : `  ${failures} wrong answers`
  return `${String(Math.round(requestsPerSecond)).padStart(6)}/s  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms${wrong}`
}

function rate(bytesPerSecond: number): string {
  return `${String(Math.round(bytesPerSecond / 1_000_000)).padStart(6)} MB/s`
}

function ratio(value: number, { atLeast }: { readonly atLeast: number }): string {
  return `${value.toFixed(2)}  ${value >= atLeast ? 'meets' : 'misses'} ≥ ${atLeast}`
}
