// Preloaded (`--import`) into a process that is to stay on this machine: it knows no other host's name. Next.js, for
// one, asks the npm registry for its newest version whenever its development server starts.

import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'

type Callback = (error: NodeJS.ErrnoException | null, ...found: unknown[]) => void

const own = new Set(['localhost', '127.0.0.1', '::1'])
const lookup = dns.lookup as unknown as (hostname: string, ...rest: unknown[]) => unknown

function lookupHere(hostname: string, ...rest: unknown[]): unknown {
  if (own.has(hostname)) return lookup(hostname, ...rest)
  const callback = rest.at(-1) as Callback
  const error = Object.assign(new Error(`${hostname} is not this machine`), { code: 'ENOTFOUND', hostname })
  return process.nextTick(callback, error)
}

Object.assign(dns, { lookup: lookupHere })
syncBuiltinESMExports()
