// A way to a store on which something goes wrong: what it answers breaks off, or is an error, or nothing.

import { connect, createServer, type Socket } from 'node:net'

import type { S3Config } from './client/store.ts'

/** Of every answer that comes from now on; `after` so many bytes of its body. */
type Fault =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'breaks'; readonly after: number }
  | { readonly kind: 'none' }

export interface FaultyStore extends AsyncDisposable {
  /** Of the store, by this way. */
  readonly config: S3Config
  /** Null where all is well again. */
  fail(fault: Fault | null): void
  /** Connections that nobody has ended. */
  open(): number
}

function allowedBy(fault: Fault | null): number {
  if (fault?.kind === 'none') return Number.NEGATIVE_INFINITY
  return fault === null || fault.kind === 'status' ? Number.POSITIVE_INFINITY : fault.after
}

/** Without a fault at first. */
export async function openFaultyStore(config: S3Config): Promise<FaultyStore> {
  const { hostname, port } = new URL(config.endpoint ?? '')
  let fault: Fault | null = null
  const sockets = new Set<Socket>()
  const server = createServer((incoming) => {
    const outgoing = connect(Number(port), hostname)
    /** Bytes of a body; null before its head. */
    let answered: number | null = null
    const end = (): void => {
      incoming.destroy()
      outgoing.destroy()
    }
    sockets.add(incoming)
    for (const socket of [incoming, outgoing]) socket.on('error', end).on('close', end)
    incoming.on('close', () => sockets.delete(incoming))
    incoming.on('data', (asked) => {
      answered = null
      if (fault?.kind !== 'status') outgoing.write(asked)
      else if (!incoming.writableEnded)
        incoming.end(`HTTP/1.1 ${fault.status} Fault\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`)
    })
    outgoing.on('data', (answer) => {
      const before = answered ?? -(answer.indexOf('\r\n\r\n') + 4)
      answered = before + answer.length
      const allowed = allowedBy(fault)
      const breaks = fault?.kind === 'breaks' && answered > allowed
      incoming.write(answer.subarray(0, Math.max(0, allowed - before)), () => breaks && end())
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const own = typeof address === 'object' && address !== null ? address.port : 0
  return {
    config: { ...config, endpoint: `http://127.0.0.1:${own}` },
    fail(next) {
      fault = next
    },
    open: () => sockets.size,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((closed) => server.close(closed))
    },
  }
}
