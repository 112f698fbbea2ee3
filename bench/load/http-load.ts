// The load: keep-alive connections that each ask the same thing again as soon as they are answered. Bytes are
// written and matched as they are; a client library would be the thing measured.

import { connect } from 'node:net'
import type { Socket } from 'node:net'

export interface LoadTarget {
  readonly port: number
  /** GET where absent. */
  readonly method?: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** JSON to send. */
  readonly sent?: string
  /** Of every answer; 200 where absent. */
  readonly status?: number
  /** What every answer must have as its body, or what tells whether one is right. */
  readonly body: string | ((body: Buffer) => boolean)
}

export interface LoadFigures {
  readonly requestsPerSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Answers that had not the status and body expected. */
  readonly failures: number
}

const END_OF_HEADERS = Buffer.from('\r\n\r\n')
const LENGTH = /\r\ncontent-length: *(\d+)\r\n/i

/** Loads `target` over `connections` connections for `seconds`. Throws where a connection breaks. */
export async function loadHttp(target: LoadTarget, connections: number, seconds: number): Promise<LoadFigures> {
  const request = requestBytes(target)
  const isRight = isRightBody(target)
  const begin = statusLine(target)
  const latencies: number[] = []
  let failures = 0
  const startedAt = performance.now()
  const endAt = startedAt + seconds * 1000
  const asking = Array.from({ length: connections }, () =>
    askUntil(target.port, request, endAt, (head, body, milliseconds) => {
      latencies.push(milliseconds)
      if (!head.startsWith(begin) || !isRight(body)) failures++
    }),
  )
  await Promise.all(asking)
  const elapsed = performance.now() - startedAt
  latencies.sort((one, other) => one - other)
  return {
    requestsPerSecond: (latencies.length / elapsed) * 1000,
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
    failures,
  }
}

/** One request by the same bytes as the load; its body, for comparing servers. Throws unless it has the status expected. */
export async function askOnce(target: Omit<LoadTarget, 'body'>): Promise<string> {
  let answer = ''
  let head = ''
  await askUntil(target.port, requestBytes(target), 0, (headText, body) => {
    head = headText
    answer = body.toString()
  })
  if (!head.startsWith(statusLine(target))) throw new Error(`${target.path} was answered with ${head}\n${answer}`)
  return answer
}

type Answered = (head: string, body: Buffer, milliseconds: number) => void

function isRightBody({ body }: LoadTarget): (body: Buffer) => boolean {
  if (typeof body === 'function') return body
  const expected = Buffer.from(body)
  return (answer) => answer.equals(expected)
}

function statusLine({ status = 200 }: Pick<LoadTarget, 'status'>): string {
  return `HTTP/1.1 ${status} `
}

function requestBytes({ method = 'GET', path, headers, port, sent }: Omit<LoadTarget, 'body'>): Buffer {
  const content =
    sent === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(sent)) }
  const all = { host: `127.0.0.1:${port}`, ...content, ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${sent ?? ''}`)
}

/** Asks at least once, then again until the time is over. */
function askUntil(port: number, request: Buffer, endAt: number, answered: Answered): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let received: Buffer = Buffer.alloc(0)
    let askedAt = 0
    let done = false
    const ask = (): void => {
      askedAt = performance.now()
      socket.write(request)
    }
    socket.on('connect', ask)
    socket.on('data', (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const bodyAt = received.indexOf(END_OF_HEADERS) + END_OF_HEADERS.length
      if (bodyAt < END_OF_HEADERS.length) return
      const head = received.toString('latin1', 0, bodyAt)
      const length = Number(LENGTH.exec(head)?.[1] ?? 0)
      if (received.length < bodyAt + length) return
      const now = performance.now()
      answered(head, received.subarray(bodyAt, bodyAt + length), now - askedAt)
      received = received.subarray(bodyAt + length)
      if (now < endAt) return ask()
      done = true
      socket.end()
      resolve()
    })
    socket.on('error', reject)
    socket.on('close', () => {
      if (!done) reject(new Error('the server hung up'))
    })
  })
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
