// A door on a port of its own: node's HTTP to the door's plain values and back.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { refuseConnection } from '../../http/lifecycle/refuse-connection.ts'
import { bodyReader, sendWebResponse, webRequest } from '../../http/rest-door/serve-rest.ts'
import { splitTarget } from '../../http/routing/split-target.ts'
import type { WebRequest, WebResponse } from '../../rest/web.ts'
import { answerOnSocket, unknownMethodRequest } from './unknown-method.ts'

export interface Served {
  readonly port: number
  /** Finishes what is under way, then closes. */
  close(): Promise<void>
}

/** Answers a request; never rejects. */
export type Answer = (web: WebRequest) => Promise<WebResponse>

/** Bytes of a request body. */
const largestBody = 256 * 1024 * 1024

/** Listens; rejects where the address cannot be had. */
export async function serve(
  answer: Answer,
  address: { readonly host: string; readonly port: number },
): Promise<Served> {
  const server = createServer((incoming, outgoing) => void reply(answer, incoming, outgoing))
  server.on('clientError', (error, socket) => void replyToUnreadable(answer, error, socket))
  await listening(server, address)
  const { port } = server.address() as AddressInfo
  return { port, close: () => closed(server) }
}

function listening(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
}

async function reply(answer: Answer, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const body = bodyReader(incoming, outgoing, largestBody)
  const response = await answer(webRequest(incoming, splitTarget(incoming.url ?? '/'), '', body))
  sendWebResponse(outgoing, response, [], incoming.method === 'HEAD')
}

/** A method that the parser has no name for is still the door's to refuse. */
async function replyToUnreadable(answer: Answer, error: Error, socket: Duplex): Promise<void> {
  const web = unknownMethodRequest(error)
  if (web === null || !socket.writable) refuseConnection(error, socket)
  else answerOnSocket(await answer(web), socket)
}
