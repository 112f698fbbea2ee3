// Where the page that asks stands, and whether pages and redirects from there are welcome.

import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

import { isLoopbackHost } from '../exposure.ts'
import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { Instance } from '../state/instance/instance.ts'
import { isRedirectUrl } from '../state/instance/redirect-urls.ts'

/**
 * The page's origin: `Origin`, else the proxy's, else the `Referer`'s, because browsers send no Origin with GET on
 * one site. A proxy is believed when it shows the instance's secret key.
 */
export function pageOrigin(headers: IncomingHttpHeaders, instance: Instance): string | null {
  const { origin, referer } = headers
  if (origin !== undefined && origin !== 'null') return origin
  return proxyOrigin(headers, instance) ?? originOf(referer)
}

/** The origin a trusted proxy serves the Frontend API from, or null. */
export function proxyOrigin(headers: IncomingHttpHeaders, instance: Instance): string | null {
  return originOf(proxyUrl(headers, instance) ?? undefined)
}

/** Where this browser reaches the Frontend API: the address of a trusted proxy, else its own. No slash at the end. */
export function browserBase(headers: IncomingHttpHeaders, instance: Instance): string {
  return proxyUrl(headers, instance)?.replace(/\/+$/, '') ?? instance.frontendApiUrl()
}

/** Whether this browser reaches the Frontend API by https. */
export function isSecure(headers: IncomingHttpHeaders, instance: Instance): boolean {
  return browserBase(headers, instance).startsWith('https:')
}

function proxyUrl(headers: IncomingHttpHeaders, instance: Instance): string | null {
  const shown = headers['clerk-secret-key']
  if (typeof shown !== 'string' || !sameText(shown, instance.configured.secretKey)) return null
  const url = headers['clerk-proxy-url']
  return typeof url === 'string' && URL.canParse(url) ? url : null
}

/** The address of the browser: behind a trusted proxy the one that the proxy names, else the socket's. */
export function browserAddress(headers: IncomingHttpHeaders, instance: Instance, socketAddress: string): string {
  const forwarded = headers['x-forwarded-for']
  if (typeof forwarded !== 'string' || proxyOrigin(headers, instance) === null) return socketAddress
  const [first = ''] = forwarded.split(',')
  return first.trim() || socketAddress
}

/** Refuses a page that stands neither on loopback nor at an allowed origin. Without an Origin it is no page of another site. */
export async function requireWelcomeOrigin(headers: IncomingHttpHeaders, instance: Instance): Promise<void> {
  const { origin } = headers
  if (origin === undefined || origin === proxyOrigin(headers, instance)) return
  if (!(await isWelcome(origin, instance))) throw new ClerkRefusal('origin_invalid', { origin })
}

/**
 * Refuses a development request to a host of another name: a page that points its own name at this machine is of one
 * origin with us to a browser, which then sends no `Origin`. Addresses in numbers are nobody's name.
 */
export async function requireKnownHost(headers: IncomingHttpHeaders, instance: Instance): Promise<void> {
  const host = headers.host ?? ''
  const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : null
  if (!instance.isDevelopment || proxyUrl(headers, instance) !== null) return
  const hostname = url?.hostname.replace(/^\[|\]$/g, '') ?? ''
  if (isIP(hostname) !== 0 || hostname === instance.configured.domain) return
  for (const scheme of ['http', 'https']) if (await isWelcome(`${scheme}://${host}`, instance)) return
  throw new ClerkRefusal('host_invalid', { host })
}

/**
 * The address to send a browser to. Refuses anything but http(s) on loopback, at an allowed origin, or at the proxy's,
 * and what the instance's list of redirect URLs has, as it is written there.
 */
export async function requireRedirectUrl(
  text: string | null,
  param: string,
  instance: Instance,
  headers: IncomingHttpHeaders = {},
): Promise<URL> {
  if (text === null || text === '') throw new ClerkRefusal('form_param_missing', { param })
  const url = URL.canParse(text) ? new URL(text) : null
  if (url !== null && (await isRedirectUrl(instance.store, text))) return url
  const web = url !== null && (url.protocol === 'http:' || url.protocol === 'https:')
  if (!web || url.username !== '') throw new ClerkRefusal('redirect_url_not_allowed', { param, url: text })
  const { origin } = url
  if (origin !== proxyOrigin(headers, instance) && !(await isWelcome(origin, instance))) {
    throw new ClerkRefusal('redirect_url_not_allowed', { param, url: text })
  }
  return url
}

async function isWelcome(origin: string, instance: Instance): Promise<boolean> {
  const url = URL.canParse(origin) ? new URL(origin) : null
  if (url === null) return false
  if (instance.isDevelopment && isLoopbackHost(url.hostname.replace(/^\[|\]$/g, ''))) return true
  if (origin === originOf(instance.frontendApiUrl()) || origin === instance.issuer) return true
  return (await instance.snapshot()).settings.allowedOrigins.includes(origin)
}

function originOf(url: string | readonly string[] | undefined): string | null {
  return typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : null
}

function sameText(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
