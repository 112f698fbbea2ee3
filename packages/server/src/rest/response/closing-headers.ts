// The headers that stand on every answer that is no refusal, whatever the plan.

import type { RestConfig } from '../config.ts'
import type { LegacyName, Plan } from '../plan/plan.ts'
import type { WebResponse } from '../web.ts'
import { headerBytes } from './header-bytes.ts'
import { type Lap, serverTiming } from './server-timing.ts'

type Header = readonly [name: string, value: string]

const vary: Header = ['Vary', 'Accept, Prefer, Range']

/** Adds Server-Timing, a Warning about names that will stop working, and Vary unless SQL said its own. */
export function withClosingHeaders(
  response: WebResponse,
  plan: Plan,
  config: RestConfig,
  laps: readonly Lap[],
): WebResponse {
  const timing: readonly Header[] = laps.length === 0 ? [] : [['Server-Timing', serverTiming(laps)]]
  const warning = 'legacyNames' in plan && plan.legacyNames.length > 0 ? [warningOf(plan.legacyNames, config)] : []
  const varies = response.headers.some(([name]) => name.toLowerCase() === 'vary') ? [] : [vary]
  const headers = [...response.headers, ...timing, ...warning, ...varies]
  return { ...response, headers: headers.map(([name, value]) => [name, headerBytes(value)]) }
}

/** RFC 7234 §5.5, code 299: worded as PostgREST words it. */
function warningOf(names: readonly LegacyName[], { server }: RestConfig): Header {
  const agent = server === null ? '-' : `PostgRESTv${server.version}`
  const changes = names.map(({ relation, alias }) => `\`${relation}\` to \`${alias}\``).join(', ')
  const sentence =
    'Embedded resource was referenced by relation name even though it has an alias. ' +
    'This is deprecated and will stop working in a future release.'
  const text = `${sentence} Update ${changes} in query string filters, orders or limits.`
  return ['Warning', `299 ${agent} "${text}"`]
}
