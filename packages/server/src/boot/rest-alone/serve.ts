// A door on a port: node's HTTP to the door's plain values and back.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Refusal } from '../../refusal/refusal.ts'
import type { WebRequest, WebResponse } from '../../rest/web.ts'

export interface Served {
  readonly port: number
  /** Finishes what is under way, then closes. */
  close(): Promise<void>
}

type Answer = (web: WebRequest) => Promise<WebResponse>

/** Bytes of a request body. */
const largestBody = 256 * 1024 * 1024

/** Listens; rejects where the address cannot be had. */
export async function serve(
  answer: Answer,
  address: { readonly host: string; readonly port: number },
): Promise<Served> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    void reply(answer, incoming, outgoing)
  })
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
  const response = await answer(webRequest(incoming))
  const headers = response.headers.flat()
  const body = Buffer.from(response.body)
  const isEmpty = response.status === 204 || response.status === 304
  if (!isEmpty && response.withoutLength !== true) headers.push('Content-Length', String(body.length))
  if (response.statusText === undefined) outgoing.writeHead(response.status, headers)
  else outgoing.writeHead(response.status, response.statusText, headers)
  outgoing.end(incoming.method === 'HEAD' || isEmpty ? undefined : body)
}

function webRequest(incoming: IncomingMessage): WebRequest {
  const { url = '/', method = 'GET' } = incoming
  const mark = url.indexOf('?')
  return {
    method,
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers: incoming.headers as Record<string, string | undefined>,
    body: () => readBody(incoming),
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of incoming) {
    const bytes = chunk as Buffer
    length += bytes.length
    if (length > largestBody) throw new Refusal('request.body-too-large', { limit: largestBody })
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
