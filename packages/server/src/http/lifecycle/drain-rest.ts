// What a client still sends when it has been answered. To close at once would take the answer from it, since a connection
// that is closed over unread bytes is reset; to read on for ever would let it send what nobody wants.

import type { IncomingMessage, ServerResponse } from 'node:http'

const MOST_BYTES = 64 * 1024 * 1024
const LONGEST = 30_000

/** Reads on behind an answer that came early, within a bound; then the connection ends. */
export function drainRest(request: IncomingMessage, response: ServerResponse): void {
  response.prependOnceListener('finish', () => {
    if (request.complete || request.socket.destroyed) return
    const { socket } = request
    // Where the connection is to close after the answer, node would close it here.
    const ends = keepOpen(socket)
    let left = MOST_BYTES
    const end = (): void => {
      clearTimeout(timer)
      if (ends()) socket.destroy()
    }
    const timer = setTimeout(() => socket.destroy(), LONGEST).unref()
    request.on('data', (chunk: Buffer) => {
      left -= chunk.length
      if (left < 0) socket.destroy()
    })
    request.once('end', end).once('close', end)
  })
}

/** Whether the connection was to be closed meanwhile; then only our half of it was. */
function keepOpen(socket: IncomingMessage['socket']): () => boolean {
  let closing = false
  socket.destroySoon = () => {
    closing = true
    socket.end()
  }
  return () => {
    Reflect.deleteProperty(socket, 'destroySoon')
    return closing
  }
}
