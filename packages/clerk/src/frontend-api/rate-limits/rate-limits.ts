// How often one address may try to get in, whoever it says it is. The numbers are Clerk's:
// https://clerk.com/docs/guides/how-clerk-works/system-limits. Sending is limited as beginning is, since each goes to
// a mailbox. A hundred times as many are taken where one address may be many people's: a development server has its
// developer and all of her tests there, and one of a private network may be a proxy's that is not known to be trusted.

import { BlockList, isIP } from 'node:net'

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { FrontendEndpoint } from '../frontend-request.ts'
import { networkOf } from './network-of.ts'
import { windowsOf } from './windows.ts'

const span = 10_000
const shared = 100

const privateNetworks = new BlockList()
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['127.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  privateNetworks.addSubnet(network, bits, 'ipv4')
}
privateNetworks.addAddress('::1', 'ipv6')
privateNetworks.addSubnet('fc00::', 7, 'ipv6')

interface Limit {
  readonly method: FrontendEndpoint['method']
  readonly path: RegExp
  readonly most: number
}

const limits: readonly Limit[] = [
  { method: 'POST', path: /^\/v1\/(client\/sign_(ins|ups)|waitlist)$/, most: 5 },
  { method: 'POST', path: /\/prepare_(first_factor|second_factor|verification)$/, most: 5 },
  { method: 'PATCH', path: /^\/v1\/client\/sign_ups\/:sign_up_id$/, most: 5 },
  { method: 'POST', path: /\/(attempt_(first_factor|second_factor|verification)|reset_password)$/, most: 3 },
]

/** Refuses a request to an endpoint from an address that sent too many there, and says when it may send another. */
export type RequireRate = (address: string, endpoint: Pick<FrontendEndpoint, 'method' | 'path'>, now: number) => void

/** The limits of one instance. */
export function rateLimits(isDevelopment: boolean): RequireRate {
  const windows = windowsOf(span)
  return (address, { method, path }, now) => {
    const limit = limits.find((candidate) => candidate.method === method && candidate.path.test(path))
    if (limit === undefined) return
    const most = isDevelopment || isPrivate(address) ? limit.most * shared : limit.most
    const wait = windows.claim(`${method} ${path} ${networkOf(address)}`, most, now)
    if (wait !== null) throw new ClerkRefusal('too_many_requests', { retryAfterSeconds: Math.ceil(wait / 1000) })
  }
}

function isPrivate(address: string): boolean {
  const family = isIP(address)
  return family !== 0 && privateNetworks.check(address, family === 4 ? 'ipv4' : 'ipv6')
}
