// The cookie that carries a session. Browsers send cookies to every port of a host, so that the name tells the port
// and two stacks on one machine do not sign each other out.

import type { IncomingHttpHeaders } from 'node:http'

/** Of a Studio that is configured for this port. */
export function cookieName(port: number): string {
  return `tenon-studio-${port}`
}

/** The session's secret; null where the request has none. */
export function sessionOf({ cookie }: IncomingHttpHeaders, name: string): string | null {
  const found = partsOf(cookie).find((part) => part.startsWith(`${name}=`))
  return found === undefined ? null : found.slice(name.length + 1)
}

/** The request's other cookies, for whom the session is none of their business; undefined where none is left. */
export function otherCookies({ cookie }: IncomingHttpHeaders, name: string): string | undefined {
  const others = partsOf(cookie).filter((part) => !part.startsWith(`${name}=`))
  return others.length === 0 ? undefined : others.join('; ')
}

/** `set-cookie` for a session that begins; it ends with the browser, or when the server says so. */
export function startingCookie(name: string, secret: string, secure: boolean): string {
  return `${name}=${secret}; ${attributes(secure)}`
}

/** `set-cookie` for one that ends. */
export function endingCookie(name: string, secure: boolean): string {
  return `${name}=; Max-Age=0; ${attributes(secure)}`
}

function attributes(secure: boolean): string {
  return `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}

function partsOf(cookie: string | undefined): readonly string[] {
  return (cookie ?? '').split(';').map((part) => part.trim())
}
