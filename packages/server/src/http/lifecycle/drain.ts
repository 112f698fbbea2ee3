// Ends a server without breaking off what it is answering.

import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

const IDLE_CHECK = 20

/** Connections that node's own count of idle ones leaves out. */
interface Untold {
  /** Has sent nothing yet. */
  readonly silent: ReadonlySet<Socket>
  /** Speaks another protocol by now. */
  readonly upgraded: ReadonlySet<Duplex>
}

/** The connections that have not sent a request since they were opened, kept current. */
export function trackSilent(server: Server): ReadonlySet<Socket> {
  const silent = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  server.prependListener('request', (request) => silent.delete(request.socket))
  return silent
}

/**
 * Stops accepting, closes connections as they fall idle, and after `deadline` milliseconds breaks off the rest,
 * upgraded ones among them. True where everything ended by itself.
 */
export async function drain(server: Server, { silent, upgraded }: Untold, deadline: number): Promise<boolean> {
  let ended = true
  const overdue = setTimeout(() => {
    ended = false
    server.closeAllConnections()
    for (const socket of upgraded) socket.destroy()
  }, deadline)
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK)
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    for (const socket of silent) if (socket.bytesRead === 0) socket.destroy()
  })
  clearTimeout(overdue)
  clearInterval(idle)
  return ended
}
