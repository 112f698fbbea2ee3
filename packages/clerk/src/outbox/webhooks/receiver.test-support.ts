// An application that receives webhooks over HTTP, for tests of their delivery.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly id: string
  readonly type: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Receiver {
  readonly url: string
  /** Everything that came, also what was refused. */
  readonly received: Received[]
  /** What is answered: a status, or nothing at all. */
  answer: (received: Received) => number | 'silence'
  close(): Promise<void>
}

/** Listens on a free port and answers 204 until told otherwise. */
export async function openReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString()
      const headers = request.headers as Readonly<Record<string, string>>
      const { type } = JSON.parse(body) as { type: string }
      const received = { id: headers['svix-id'] ?? '', type, headers, body }
      receiver.received.push(received)
      const status = receiver.answer(received)
      if (status === 'silence') return
      response.writeHead(status).end(status === 204 ? undefined : `answer ${status}\0`)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: [],
    answer: () => 204,
    close: async () => {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  return receiver
}
