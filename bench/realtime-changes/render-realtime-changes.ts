// The figures of `realtime-changes` for reading.

import type { ChangesReport, Pair } from './bench-realtime-changes.ts'

/** Figures, ratios against the bars, and the conditions they hold under. */
export function renderRealtimeChanges(report: ChangesReport): string {
  const { organisations, people, processor, halfLoad, lost, bars } = report
  const { cores, processor: model, node, postgres, commit, rounds, measuredAt } = report.conditions
  return `
Database changes to sockets, with Row Level Security and with filters that deliver the same; the times are
the server's own processor time a change

  500 subscribers in 5 organisations, 100 deliveries a change
    with RLS     ${rate(organisations.secured)}  ${time(organisations.processor.secured)}
    without      ${rate(organisations.open)}  ${time(organisations.processor.open)}
    share        ${share(organisations, bars.organisations)}
  500 people, 1 delivery a change
    with RLS     ${rate(people.secured)}  ${time(people.processor.secured)}
    without      ${rate(people.open)}  ${time(people.processor.open)}
    share        ${share(people, bars.people)}
  the server's processor time a change
    500 people   ${time(processor.few)}
    5,000        ${time(processor.many)}
    ratio        ${processor.ratio.toFixed(2)}  ${processor.ratio <= bars.processor.atMost ? 'meets' : 'misses'} ≤ ${bars.processor.atMost}
  statement → socket at ${halfLoad.perSecond} changes/s   p50 ${halfLoad.p50.toFixed(1)} ms  p95 ${halfLoad.p95.toFixed(1)} ms
  lost         ${lost}

${rounds} alternating rounds, medians; ${cores} cores (${model}), shared with the load and with Postgres ${postgres};
Node ${node}; commit ${commit ?? 'unknown'}; ${measuredAt}
`
}

function rate(changes: number): string {
  return `${String(Math.round(changes)).padStart(6)} changes/s`
}

function time(milliseconds: number): string {
  return `${milliseconds.toFixed(3)} ms`
}

function share({ ratio }: Pair, { atLeast }: { readonly atLeast: number }): string {
  return `${ratio.toFixed(2)}  ${ratio >= atLeast ? 'meets' : 'misses'} ≥ ${atLeast}`
}
