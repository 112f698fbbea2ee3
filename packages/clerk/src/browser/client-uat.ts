// `__client_uat`: when the set of a client's sessions last changed, for an application's server to compare with the age
// of a token. In development clerk-js writes it; a production instance sends it along with what it answers.

import type { IncomingHttpHeaders } from 'node:http'

import { findClient } from '../state/sessions/clients.ts'
import type { Instance } from '../state/instance/instance.ts'
import { sessionsOnClient } from '../state/sessions/sessions.ts'
import { type CookieAttributes, cookieSuffix, longLived, setCookie } from './cookies.ts'
import { isSecure } from './page-origin.ts'

/** The `Set-Cookie` values of a production instance's answer; none in development. */
export async function clientUatCookies(
  instance: Instance,
  clientId: string,
  headers: IncomingHttpHeaders,
): Promise<readonly string[]> {
  if (instance.isDevelopment) return []
  const client = await findClient(instance.store, clientId)
  const open = client === null ? [] : await sessionsOnClient(instance.store, clientId)
  const value = client === null || open.length === 0 ? '0' : uatOf(client.updatedAt)
  const secure = isSecure(headers, instance)
  return bothNames(instance, '__client_uat', value, { maxAge: longLived, secure })
}

/** The cookie's value for a moment in Unix milliseconds. */
export function uatOf(updatedAt: number): string {
  return String(Math.floor(updatedAt / 1000))
}

/** A cookie under both names the SDKs look for: the plain one and the one with the instance's suffix. */
export function bothNames(
  { publishableKey }: Instance,
  name: string,
  value: string,
  attributes: CookieAttributes,
): readonly string[] {
  return [setCookie(name, value, attributes), setCookie(`${name}_${cookieSuffix(publishableKey)}`, value, attributes)]
}
