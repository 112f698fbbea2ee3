// Development identity providers hand out sessions to whoever holds a key that is written in a file, so
// they stay on the machine unless somebody says otherwise.

import { BlockList, isIP } from 'node:net'

import { ClerkRefusal } from './refusal/clerk-refusal.ts'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Refuses a host beyond loopback and `NODE_ENV=production`, unless `allowProduction` is set. */
export function requirePrivate(host: string, nodeEnvironment: string | undefined, allowProduction: boolean): void {
  if (allowProduction) return
  const fix = 'set clerk.allow_production = true if that is really meant'
  if (nodeEnvironment === 'production') {
    const reason = `the built-in Clerk instance is for development and NODE_ENV is production; ${fix}`
    throw new ClerkRefusal('exposure_not_allowed', { reason })
  }
  if (!isLoopbackHost(host)) {
    const reason = `the built-in Clerk instance would listen on ${host}, where others can reach it; ${fix}`
    throw new ClerkRefusal('exposure_not_allowed', { reason })
  }
}

/** True for `localhost`, its subdomains and the loopback addresses. */
export function isLoopbackHost(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  const family = isIP(host)
  return family !== 0 && loopback.check(host, family === 4 ? 'ipv4' : 'ipv6')
}
