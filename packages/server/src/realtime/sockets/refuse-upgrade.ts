// A no before the socket is open: an HTTP answer with `{error}`, as upstream's, and what to change where that is known.

import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'

import type { FastifyPluginAsync } from 'fastify'

import { Refusal } from '../../refusal/refusal.ts'

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

interface PlainDeps {
  /** Refuses what would be refused with an upgrade, too. */
  readonly judge: (request: IncomingMessage) => Promise<unknown>
  /** How what was thrown reads to the client at this address. */
  readonly answer: (thrown: unknown, remote: string) => UpgradeAnswer
}

/** The sockets' path for requests that ask for no upgrade, which a health check or a proxy may send: judged, then 400. */
export function refusePlain({ judge, answer }: PlainDeps): FastifyPluginAsync {
  return async (fastify) => {
    fastify.get('/websocket', async ({ raw, ip }, reply) => {
      const missing = new Refusal('realtime.upgrade-missing', {})
      const thrown: unknown = await judge(raw).then(
        () => missing,
        (refusal: unknown) => refusal,
      )
      const { status, ...content } = answer(thrown, ip)
      return await reply.code(status).send(content)
    })
  }
}
