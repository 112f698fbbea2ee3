// Keeps other sites' pages away. The mailbox asks for no password, so a page that points its own name at this
// machine, or posts a form here, must get nothing.

import type { IncomingHttpHeaders } from 'node:http'

import { Refusal } from '../refusal/refusal.ts'

const LOCAL = /^(localhost|[\w-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/

/** Refuses `mailbox.host-foreign` where `Host` is not a name of this machine. */
export function requireLocalHost(headers: IncomingHttpHeaders): void {
  const host = headers.host ?? ''
  const name = host.replace(/:\d+$/, '').toLowerCase()
  if (!LOCAL.test(name)) throw new Refusal('mailbox.host-foreign', { host })
}

/** Refuses `mailbox.site-foreign` where a browser says that the page that asks is not the mailbox's own. */
export function requireOwnPage({ origin, host }: IncomingHttpHeaders): void {
  if (origin === undefined) return
  if (URL.canParse(origin) && new URL(origin).host === host) return
  throw new Refusal('mailbox.site-foreign', { origin })
}
