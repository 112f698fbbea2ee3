// The figures of `rest` and `rest-stages` for reading.

import type { Conditions } from '../conditions/conditions.ts'
import type { Measured, RestReport } from './bench-rest.ts'
import type { StagesReport } from './bench-rest-stages.ts'
import { WORKLOADS } from './workloads.ts'

/** One line for each kind of request, and the conditions they hold under. */
export function renderRest({ figures, bars, conditions }: RestReport): string {
  const { rounds, seconds, connections, pool } = conditions
  const lines = WORKLOADS.map(({ name, title }) => `  ${title.padEnd(22)} ${row(figures[name], bars)}`)
  return `
The REST door against a bare handler with the same SQL, ${connections} HTTP connections, ${pool} to Postgres

  ${' '.repeat(22)}   bare/s  whole/s  whole/bare           p99/p50, whole over bare
${lines.join('\n')}

${rounds} alternating rounds of ${seconds} s, medians; ${machine(conditions)}
`
}

/** Microseconds a request, stage by stage. */
export function renderStages({ figures, bars, conditions }: StagesReport): string {
  const { rounds, iterations } = conditions
  const line = (title: string, name: keyof StagesReport['figures']): string => {
    const { parse, plan, compile, together } = figures[name]
    const stages = [parse, plan, compile].map((value) => value.toFixed(1).padStart(8)).join('')
    const { atMost } = bars[name]
    return `  ${title.padEnd(16)}${stages}${together.toFixed(1).padStart(10)}  ${together <= atMost ? 'meets' : 'misses'} ≤ ${atMost}`
  }
  return `
The REST door's own stages, microseconds a request, repeated shapes with changing values

                     parse    plan compile  together
${line('point read', 'pointRead')}
${line('two-level embed', 'twoLevelEmbed')}

${rounds} alternating rounds of ${iterations} requests, medians; ${machine(conditions)}
`
}

function row({ bare, wholeServer, wholeToBare, tail }: Measured, bars: RestReport['bars']): string {
  const speeds = [bare, wholeServer].map(({ requestsPerSecond }) => String(Math.round(requestsPerSecond)).padStart(8))
  const ratio = `${wholeToBare.toFixed(2)}  ${wholeToBare >= bars.wholeToBare.atLeast ? 'meets' : 'misses'} ≥ ${bars.wholeToBare.atLeast}`
  const spread = `${tail.toFixed(2)}  ${tail <= bars.tail.atMost ? 'meets' : 'misses'} ≤ ${bars.tail.atMost}`
  const wrong = bare.failures + wholeServer.failures
  return `${speeds.join(' ')}  ${ratio.padEnd(20)} ${spread}${wrong === 0 ? '' : `  ${wrong} wrong answers`}`
}

function machine({ cores, processor, node, postgres, commit, measuredAt }: Conditions): string {
  return `${cores} cores (${processor}), shared with the load and
with Postgres ${postgres}; Node ${node}; commit ${commit ?? 'unknown'}; ${measuredAt}`
}
