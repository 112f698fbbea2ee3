// Where a stranger wanted to go, kept for the minutes in which she signs in by a link that knows nothing of it.

import type { IncomingHttpHeaders } from 'node:http'

import { nextPath } from '../pages/next-path.ts'
import { sessionOf } from './session-cookie.ts'

/** Seconds; as long as a link lives. */
const KEPT = 600

const nameBeside = (sessionCookie: string): string => `${sessionCookie}-next`

/** `set-cookie` that remembers the address of a document. */
export function wantedCookie(sessionCookie: string, url: string): string {
  const path = encodeURIComponent(nextPath(url))
  return `${nameBeside(sessionCookie)}=${path}; Max-Age=${KEPT}; Path=/sign-in; HttpOnly; SameSite=Strict`
}

/** The address that was remembered; undefined where there is none. */
export function wantedPage(headers: IncomingHttpHeaders, sessionCookie: string): string | undefined {
  const kept = sessionOf(headers, nameBeside(sessionCookie))
  try {
    return kept === null ? undefined : decodeURIComponent(kept)
  } catch {
    return undefined
  }
}
