// How a whole frame gets onto the raw socket, past the WebSocket library: what it would frame is framed already.

import type { Duplex } from 'node:stream'

import type { Frame } from './connection.ts'

/** Writes the frame. False where more than `limit` bytes wait, and nothing was written: the client is too slow. */
export function writeFrame(socket: Duplex, frame: Frame, limit: number): boolean {
  if (socket.writableLength > limit) return false
  socket.write(frame)
  return true
}
