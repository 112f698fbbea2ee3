// Cookies in and out, and the names Clerk gives them.

import { createHash } from 'node:crypto'

/** The cookies of a request by name. */
export type Cookies = ReadonlyMap<string, string>

/** Reads a `Cookie` header (RFC 6265 §4.2.1); of several with one name the first counts. */
export function parseCookies(header: string | undefined): Cookies {
  const cookies = new Map<string, string>()
  for (const pair of (header ?? '').split(';')) {
    const equals = pair.indexOf('=')
    const name = pair.slice(0, Math.max(0, equals)).trim()
    if (name !== '' && !cookies.has(name)) cookies.set(name, pair.slice(equals + 1).trim())
  }
  return cookies
}

/** What a cookie is besides its value. */
export interface CookieAttributes {
  /** Seconds; 0 takes the cookie away. */
  readonly maxAge: number
  readonly httpOnly?: boolean
  readonly sameSite?: 'Lax' | 'Strict'
  readonly secure?: boolean
}

/** A `Set-Cookie` value for the whole host. */
export function setCookie(name: string, value: string, attributes: CookieAttributes): string {
  const { maxAge, httpOnly, sameSite = 'Lax', secure } = attributes
  return [
    `${name}=${value}`,
    'Path=/',
    `Max-Age=${maxAge}`,
    ...(httpOnly === true ? ['HttpOnly'] : []),
    ...(secure === true ? ['Secure'] : []),
    `SameSite=${sameSite}`,
  ].join('; ')
}

/** What the SDKs put behind a cookie's name so that two instances on one host do not mix: of the key's SHA-1, 8 characters. */
export function cookieSuffix(publishableKey: string): string {
  return createHash('sha1').update(publishableKey).digest('base64url').slice(0, 8)
}

/** A year: as long as the SDKs themselves keep these cookies. */
export const longLived = 31_536_000
