// TCP ports of this machine: is one free, and which one is.

import { createServer } from 'node:net'

import { Refusal } from '../../../refusal/refusal.ts'
import { holderOfPort } from './processes.ts'

/** Binds the port on the loopback address for a moment; 0 lets the system choose. Null where it is taken. */
async function tryPort(port: number): Promise<number | null> {
  const server = createServer()
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') resolve(null)
    else reject(error)
  })
  server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
    const address = server.address()
    const bound = typeof address === 'object' && address !== null ? address.port : port
    server.close(() => resolve(bound))
  })
  return await promise
}

/** The port to use: `wanted`, or any free one for 0. Refuses with `engine.port-taken`. */
export async function claimPort(wanted: number): Promise<number> {
  const port = await tryPort(wanted)
  if (port !== null) return port
  throw new Refusal(
    'engine.port-taken',
    { port: wanted, holder: await holderOfPort(wanted) },
    {
      fix: `End what uses port ${wanted}, or choose another one: [db] port in supabase/config.toml, or --db-port of tenon start.`,
    },
  )
}
