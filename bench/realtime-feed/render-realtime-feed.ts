// The figures of `realtime-feed` for reading.

import type { RealtimeFeedReport } from './bench-realtime-feed.ts'

export function renderRealtimeFeed({ figures, ratios, latency, conditions }: RealtimeFeedReport): string {
  const { cores, processor, node, postgres, commit, rounds, seconds, measuredAt } = conditions
  return `
Changes out of the log, rows of six columns

                                      the stream alone     the feed             ratio
  one transaction of 200,000 rows     ${rate(figures.bulk.bare)}    ${rate(figures.bulk.feed)}    ${ratios.bulk.toFixed(2)}
  50,000 transactions of one row      ${rate(figures.singles.bare)}    ${rate(figures.singles.feed)}    ${ratios.singles.toFixed(2)}

  commit to listener, one at a time   p50 ${latency.p50.toFixed(2)} ms  p95 ${latency.p95.toFixed(2)} ms  (${latency.commits} commits)

${rounds} alternating rounds, medians, ${seconds} s of single commits; ${cores} cores (${processor}) shared with Postgres ${postgres};
Node ${node}; commit ${commit ?? 'unknown'}; ${measuredAt}
`
}

function rate(value: number): string {
  return `${String(Math.round(value)).padStart(7)} changes/s`
}
