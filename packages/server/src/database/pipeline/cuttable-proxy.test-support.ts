// A TCP proxy in front of a server whose connections a test can cut, as a network does.

import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { once } from 'node:events'

export interface CuttableProxy {
  readonly port: number
  /** Breaks every connection that is open now. */
  cut(): void
  /** Breaks them, and every further one, until `mend`. */
  stayCut(): void
  /** Keeps them open, and nothing goes through until `mend`: a network that loses packets. */
  stall(): void
  mend(): void
  close(): Promise<void>
}

export async function startCuttableProxy(port: number, host: string): Promise<CuttableProxy> {
  const open = new Set<Socket>()
  let way: 'open' | 'cut' | 'stalled' = 'open'
  const server = createServer((near) => {
    if (way === 'cut') return near.resetAndDestroy()
    const far = connect(port, host)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.on('error', () => from.destroy())
      from.on('close', () => open.delete(from))
      from.on('close', () => to.end())
      from.pipe(to)
    }
    if (way === 'stalled') for (const socket of [near, far]) socket.unpipe().pause()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = (): void => {
    for (const socket of open) socket.resetAndDestroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    stayCut() {
      way = 'cut'
      cut()
    },
    stall() {
      way = 'stalled'
      for (const socket of open) socket.unpipe().pause()
    },
    // What was stalled stays lost: connections that missed something are broken.
    mend() {
      if (way === 'stalled') cut()
      way = 'open'
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
