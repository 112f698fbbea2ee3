// Keeps web pages away from what the secret key opens. The keys of a development machine are public knowledge and any
// page may ask this machine, so that a key alone does not tell its owner from a site she happens to look at.

import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

import { isBrowser } from '../../identity/create-identify.ts'
import { Refusal } from '../../refusal/refusal.ts'

/**
 * Refuses `token.secret-key-in-browser` for what a page sends, whatever its origin: a browser says so by `Origin` or
 * `Sec-Fetch-Site`. A page whose name was pointed here (DNS rebinding) may send neither; it shows its name as `Host`.
 */
export function refusePages(headers: IncomingHttpHeaders): void {
  const { origin, host = '', 'sec-fetch-site': site = 'none', 'user-agent': userAgent } = headers
  const isPage = origin !== undefined || site !== 'none' || (isBrowser(userAgent) && !isOfThisMachine(host))
  if (!isPage) return
  const fix = 'Ask from a program without Origin and Sec-Fetch-Site, or use Studio, which has an address of its own.'
  throw new Refusal('token.secret-key-in-browser', {}, { fix })
}

/** A name that nobody else can point here, or an address. */
function isOfThisMachine(host: string): boolean {
  const name = host.replace(/:\d+$/, '').replaceAll(/^\[|\]$/g, '')
  return name.toLowerCase() === 'localhost' || isIP(name) !== 0
}
