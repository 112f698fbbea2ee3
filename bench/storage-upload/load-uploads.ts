// Uploads over keep-alive connections, each to a name of its own, as fast as they are answered; and one large one.

import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'

import type { LoadFigures } from '../load/http-load.ts'

export interface UploadTarget {
  readonly port: number
  /** Before the name. */
  readonly path: string
  readonly method: 'POST' | 'PUT'
  readonly headers: Readonly<Record<string, string>>
}

const LENGTH = /\r\ncontent-length: *(\d+)\r\n/i

/** `size` bytes at a time for `seconds`. Throws where a connection breaks. */
export async function loadUploads(
  target: UploadTarget,
  size: number,
  connections: number,
  seconds: number,
): Promise<LoadFigures> {
  const latencies: number[] = []
  let failures = 0
  const startedAt = performance.now()
  const endAt = startedAt + seconds * 1000
  const body = Buffer.alloc(size, 'x')
  const run = crypto.randomUUID()
  const uploading = Array.from({ length: connections }, async (_, connection) => {
    const socket = connect({ port: target.port, host: '127.0.0.1', noDelay: true })
    await once(socket, 'connect')
    for (let count = 0; performance.now() < endAt; count++) {
      const askedAt = performance.now()
      socket.write(Buffer.concat([headOf(target, `${run}/${connection}/${count}`, size), body]))
      if (!(await answerOn(socket)).startsWith('HTTP/1.1 200 ')) failures++
      latencies.push(performance.now() - askedAt)
    }
    socket.destroy()
  })
  await Promise.all(uploading)
  const elapsed = performance.now() - startedAt
  latencies.sort((one, other) => one - other)
  const quantile = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN
  return { requestsPerSecond: (latencies.length / elapsed) * 1000, p50: quantile(0.5), p99: quantile(0.99), failures }
}

function headOf({ method, path, headers, port }: UploadTarget, name: string, size: number): Buffer {
  const all = { host: `127.0.0.1:${port}`, ...headers, 'content-length': String(size) }
  const lines = Object.entries(all).map((header) => header.join(': '))
  return Buffer.from(`${method} ${path}${name} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
}

async function answerOn(socket: ReturnType<typeof connect>): Promise<string> {
  let received = ''
  for (;;) {
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    received += chunk.toString('latin1')
    const bodyAt = received.indexOf('\r\n\r\n') + 4
    if (bodyAt < 4) continue
    const chunked = /transfer-encoding: chunked/i.test(received)
    const length = Number(LENGTH.exec(received)?.[1] ?? 0)
    if (chunked ? received.endsWith('0\r\n\r\n') : received.length >= bodyAt + length) return received
  }
}

/** Bytes per second of one upload. Throws unless it is taken. */
export async function uploadLarge(target: UploadTarget, size: number): Promise<number> {
  const piece = Buffer.alloc(1024 * 1024, 'x')
  const startedAt = performance.now()
  const sending = request({
    port: target.port,
    host: '127.0.0.1',
    method: target.method,
    path: `${target.path}large-${crypto.randomUUID()}`,
    headers: { ...target.headers, 'content-length': size },
  })
  const answered = once(sending, 'response') as Promise<[IncomingMessage]>
  for (let sent = 0; sent < size; sent += piece.length) {
    if (!sending.write(piece.subarray(0, Math.min(piece.length, size - sent))))
      await Promise.race([once(sending, 'drain'), answered])
  }
  sending.end()
  const [answer] = await answered
  const text = Buffer.concat((await answer.toArray()) as Buffer[]).toString()
  if ((answer.statusCode ?? 500) >= 300) throw new Error(`the upload was answered with ${answer.statusCode} ${text}`)
  return size / ((performance.now() - startedAt) / 1000)
}
