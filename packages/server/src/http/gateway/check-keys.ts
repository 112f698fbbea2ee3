// What a caller must show before a door, by the rule of its route. The keys themselves are identity's business.

import type { IncomingHttpHeaders } from 'node:http'
import type { Gate } from '../../identity/create-identify.ts'
import type { Route } from '../routing/routing-table.ts'
import { queryParameter } from '../routing/split-target.ts'
import type { Target } from '../routing/split-target.ts'

export interface KeyChecks {
  readonly checkApiKey: Gate['checkApiKey'] | null
  readonly requireSecretKey: Gate['requireSecretKey']
}

/** Refuses with `token.api-key-*`, `token.secret-key-*`. */
export function checkKeys(route: Route, target: Target, headers: IncomingHttpHeaders, checks: KeyChecks): void {
  const below = target.path.slice(route.prefix.length)
  if (route.key === 'secret-key' || (checks.checkApiKey !== null && route.secret?.has(below) === true)) {
    checks.requireSecretKey({ authorization: headers.authorization, apikey: shownKey(target, headers) })
    return
  }
  if (route.key === 'door' || checks.checkApiKey === null) return
  if (route.open.has(below)) return
  checks.checkApiKey(shownKey(target, headers), headers['user-agent'])
}

function shownKey(target: Target, headers: IncomingHttpHeaders): string | undefined {
  const header = headers['apikey']
  return typeof header === 'string' ? header : queryParameter(target.query, 'apikey')
}
