// The figures of `storage-upload` for reading.

import type { LoadFigures } from '../load/http-load.ts'
import { LARGE, SMALL, type StorageUploadReport } from './bench-storage-upload.ts'

/** Figures, ratios against the bars, and the conditions they hold under. */
export function renderStorageUpload({ figures, ratios, bars, conditions }: StorageUploadReport): string {
  const { cores, processor, node, postgres, commit, rounds, seconds, connections, measuredAt } = conditions
  return `
Uploads of ${SMALL} bytes, ${connections} connections, each to a name of its own, synced

  a  node:http, the same statements, one synced write  ${load(figures.bare)}
  b  the whole server                                  ${load(figures.wholeServer)}

  b / a   ${ratio(ratios.small, bars.small)}

One upload of ${LARGE / 1024 ** 2} MiB

  c  nginx, PUT, neither hashed nor synced             ${rate(figures.nginx)}
  d  the whole server, hashed and synced               ${rate(figures.wholeServerLarge)}

  d / c   ${ratio(ratios.large, bars.large)}

${rounds} alternating rounds, of ${seconds} s each where it is small, medians; ${cores} cores (${processor}), shared by
load, contestants and Postgres ${postgres}; Node ${node}; commit ${commit ?? 'unknown'}; ${measuredAt}
`
}

function load({ requestsPerSecond, p50, p99, failures }: LoadFigures): string {
  const wrong = failures === 0 ? '' : `  ${failures} wrong answers`
  const count = String(Math.round(requestsPerSecond)).padStart(6)
  return `${count}/s  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms${wrong}`
}

function rate(bytesPerSecond: number | null): string {
  return bytesPerSecond === null ? 'not installed' : `${(bytesPerSecond / 1024 ** 2).toFixed(0)} MiB/s`
}

function ratio(value: number | null, { atLeast }: { readonly atLeast: number }): string {
  return value === null ? 'unknown' : `${value.toFixed(2)}  ${value >= atLeast ? 'meets' : 'misses'} ≥ ${atLeast}`
}
