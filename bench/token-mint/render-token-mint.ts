// The figures of `token-mint` for reading.

import type { LoadFigures } from '../load/http-load.ts'
import type { TokenMintReport } from './bench-token-mint.ts'

/** Figures, ratios against the bar, and the conditions they hold under. */
export function renderTokenMint({ figures, ratios, bars, conditions }: TokenMintReport): string {
  const { cores, processor, node, postgres, commit, rounds, seconds, connections, measuredAt } = conditions
  const { signAlone, bareFastify, backendApi, frontendApi } = figures
  return `
Minting session tokens, RS256 with RSA-2048, ${connections} HTTP connections

  a  crypto.sign alone, on the thread pool ${count(signAlone.onThreadPool)}/s
  b  crypto.sign alone, a worker a core    ${count(signAlone.inWorkers)}/s
  c  Fastify that signs, nothing else      ${load(bareFastify)}
  d  the Backend API                       ${load(backendApi)}
  e  the Frontend API                      ${load(frontendApi)}

  c / the better of a and b   ${ratios.bareFastify.toFixed(2)}
  d / the better of a and b   ${ratio(ratios.backendApi, bars.backendApi)}
  e / the better of a and b   ${ratio(ratios.frontendApi, bars.frontendApi)}

${rounds} alternating rounds of ${seconds} s, medians; ${cores} cores (${processor}), which the ceiling has alone and the
others share with the load and with Postgres ${postgres}; Node ${node}; commit ${commit ?? 'unknown'}; ${measuredAt}
`
}

function load({ requestsPerSecond, p50, p99, failures }: LoadFigures): string {
  const wrong = failures === 0 ? '' : `  ${failures} wrong answers`
  return `${count(requestsPerSecond)}/s  p50 ${p50.toFixed(2)} ms  p99 ${p99.toFixed(2)} ms${wrong}`
}

function count(value: number): string {
  return String(Math.round(value)).padStart(6)
}

function ratio(value: number, { atLeast }: { readonly atLeast: number }): string {
  return `${value.toFixed(2)}  ${value >= atLeast ? 'meets' : 'misses'} ≥ ${atLeast}`
}
