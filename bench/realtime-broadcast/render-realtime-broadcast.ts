// The figures of `realtime-broadcast` for reading.

import type { BroadcastReport, FanOut } from './bench-realtime-broadcast.ts'

/** Figures, ratios against the bars, and the conditions they hold under. */
export function renderRealtimeBroadcast({ fanOut, memory, most, bars, conditions }: BroadcastReport): string {
  const { cores, processor, node, postgres, commit, rounds, seconds, window, measuredAt } = conditions
  const bytes = Math.round(memory.rss)
  return `
Broadcast from one publisher, messages of 300 bytes, ${window} at most under way
${fanOut.map((one) => renderFanOut(one, bars.toBare.atLeast)).join('')}
An idle joined socket, of ${memory.sockets}
  RSS                                      ${bytes} bytes  ${bytes <= bars.bytesPerSocket.atMost ? 'meets' : 'misses'} ≤ ${bars.bytesPerSocket.atMost}
  heap and buffers after a collection      ${Math.round(memory.heap)} bytes

Sockets in one room of one process
  joined                                   ${most.joined}  ${most.joined >= bars.sockets.atLeast ? 'meets' : 'misses'} ≥ ${bars.sockets.atLeast}
  that heard a message                     ${most.heard}

${rounds} alternating rounds of ${seconds} s, medians; ${cores} cores (${processor}) that server and audience share, each a
process of its own, Postgres ${postgres} idle beside them; Node ${node}; commit ${commit ?? 'unknown'}; ${measuredAt}
`
}

function renderFanOut({ subscribers, perSecond, oneByOne, ratios, halfLoad }: FanOut, atLeast: number): string {
  const held = (ratio: number): string => `${ratio.toFixed(2)}  ${ratio >= atLeast ? 'meets' : 'misses'} ≥ ${atLeast}`
  return `
${subscribers} subscribers, deliveries per second
  a  ws alone, a write for each frame      ${count(perSecond.bare)}/s
  b  ws alone, a write for each turn       ${count(perSecond.corked)}/s
  c  the server                            ${count(perSecond.live)}/s
  c / a   ${held(ratios.toBare)}
  c / b   ${ratios.toCorked.toFixed(2)}
  d  as a, one message under way           ${count(oneByOne.bare)}/s
  e  as c, one message under way           ${count(oneByOne.live)}/s
  e / d   ${held(ratios.oneByOne)}
  at half of c, ${count(halfLoad.perSecond).trim()}/s          p50 ${halfLoad.p50.toFixed(1)} ms  p95 ${halfLoad.p95.toFixed(1)} ms
`
}

function count(value: number): string {
  return String(Math.round(value)).padStart(8)
}
