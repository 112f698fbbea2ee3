// A no before the socket is open: an HTTP answer with `{error}`, as upstream's, and what to change where that is known.

import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

export interface UpgradeAnswer {
  readonly status: number
  readonly error: string
  readonly hint?: string
}

/** Writes the answer and closes, without waiting for a peer that never would. */
export function refuseUpgrade(socket: Duplex, { status, ...content }: UpgradeAnswer): void {
  const body = JSON.stringify(content)
  socket.once('finish', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}
