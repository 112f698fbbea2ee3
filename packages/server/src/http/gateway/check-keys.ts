// What a caller must show before a door, by the rule of its route. The keys themselves are identity's business.

import type { IncomingHttpHeaders } from 'node:http'
import type { Gate } from '../../identity/create-identify.ts'
import type { Route } from '../routing/routing-table.ts'
import { queryParameter } from '../routing/split-target.ts'
import type { Target } from '../routing/split-target.ts'
import { refusePages } from './refuse-pages.ts'

export interface KeyChecks {
  readonly gate: Pick<Gate, 'checkApiKey' | 'checkBrowser' | 'requireSecretKey'>
  /** The paths that the routing table names `secret` demand a secret key. */
  readonly guardSecretPaths: boolean
}

/** Refuses with `token.api-key-*`, `token.secret-key-*`. */
export function checkKeys(
  route: Route,
  target: Target,
  headers: IncomingHttpHeaders,
  { gate, guardSecretPaths }: KeyChecks,
): void {
  const below = target.path.slice(route.prefix.length)
  const credentials = { authorization: headers.authorization, apikey: shownKey(target, headers) }
  if (route.key === 'secret-key' && !route.open.has(below)) {
    refusePages(headers)
    return gate.requireSecretKey(credentials)
  }
  gate.checkBrowser(credentials, headers['user-agent'])
  if (route.key === 'door' || route.open.has(below)) return
  gate.checkApiKey(credentials.apikey)
  if (guardSecretPaths && route.secret?.has(below) === true) gate.requireSecretKey(credentials)
}

function shownKey(target: Target, headers: IncomingHttpHeaders): string | undefined {
  const header = headers['apikey']
  return typeof header === 'string' ? header : queryParameter(target.query, 'apikey')
}
