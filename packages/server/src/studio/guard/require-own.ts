// Keeps pages of other origins away. A session cookie goes wherever the browser goes, and ports of one machine are one
// site to it; so the host, the page that asks and, for changes, a header of our own all have to be right.

import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

import { Refusal } from '../../refusal/refusal.ts'

/** What forms of other sites cannot send, and scripts of theirs not without asking first. */
export const OWN_HEADER = 'x-tenon-studio'

const SAFE = new Set(['GET', 'HEAD'])

/**
 * Refuses `studio.host-foreign` unless `Host` is `localhost`, an address or one of `names`: no other name can be pointed
 * here, and an address cannot be pointed anywhere (DNS rebinding).
 */
export function requireOwnHost(headers: IncomingHttpHeaders, names: readonly string[]): void {
  const host = headers.host ?? ''
  const name = host.replace(/:\d+$/, '').toLowerCase()
  if (name === 'localhost' || isIP(name.replaceAll(/^\[|\]$/g, '')) !== 0 || names.includes(name)) return
  const fix = 'Use localhost or 127.0.0.1, or list the name in [studio] hosts.'
  throw new Refusal('studio.host-foreign', { host }, { fix })
}

/**
 * Refuses `studio.page-foreign` where the browser says that another origin's page asks. `Sec-Fetch-Site` tells where a
 * browser sends it, `Origin` elsewhere; `none` is a person who typed the address.
 */
export function refuseForeignPage(headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') throw new Refusal('studio.page-foreign', {})
  if (site === undefined && headers.origin !== undefined && !isOwnOrigin(headers))
    throw new Refusal('studio.page-foreign', {})
}

/** Refuses `studio.page-foreign` unless the browser says that Studio's own page asks: silence is not enough. */
export function requireOwnPage(headers: IncomingHttpHeaders): void {
  const site = headers['sec-fetch-site']
  if (site === undefined ? isOwnOrigin(headers) : site === 'same-origin') return
  throw new Refusal('studio.page-foreign', {})
}

/** For what a page asks of the API. Refuses `studio.page-foreign`, and `studio.header-missing` for what may change something. */
export function requireOwnRequest(method: string, headers: IncomingHttpHeaders): void {
  if (SAFE.has(method)) return refuseForeignPage(headers)
  requireOwnPage(headers)
  if (headers[OWN_HEADER] !== undefined) return
  throw new Refusal('studio.header-missing', { header: OWN_HEADER }, { fix: `Send ${OWN_HEADER}: 1.` })
}

function isOwnOrigin({ origin = '', host }: IncomingHttpHeaders): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}
