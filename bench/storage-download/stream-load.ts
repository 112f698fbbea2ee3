// The load of large answers, in a process of its own: reads them as fast as they come and keeps nothing.

import { connect } from 'node:net'
import { type LoadProcess, startLoadProcess } from '../load/load-process.ts'

export interface StreamCommand {
  readonly kind: 'stream'
  readonly port: number
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly connections: number
  readonly seconds: number
  /** Bytes that every answer has. */
  readonly size: number
}

export function startStreamLoad(): LoadProcess<StreamCommand> {
  return startLoadProcess<StreamCommand>(new URL('stream-load.ts', import.meta.url))
}

const CHUNK = 1024 * 1024
const END_OF_HEADERS = '\r\n\r\n'

/** Bytes per second over all connections. */
async function load({ connections, ...command }: StreamCommand): Promise<number> {
  const startedAt = performance.now()
  const counts = await Promise.all(Array.from({ length: connections }, async () => await readUntil(command, startedAt)))
  return (counts.reduce((sum, count) => sum + count, 0) / (performance.now() - startedAt)) * 1000
}

/** Whole answers one after the other until the time is over; how many bytes they had. */
function readUntil(command: Omit<StreamCommand, 'connections'>, startedAt: number): Promise<number> {
  const { port, path, headers, seconds, size } = command
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}`)
  const request = `GET ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
  return new Promise((resolve, reject) => {
    let total = 0
    let left = -1
    const take = (length: number, buffer: Uint8Array): void => {
      let body = length
      if (left === -1) {
        const head = Buffer.from(buffer.buffer, buffer.byteOffset, length)
        body = length - head.indexOf(END_OF_HEADERS) - END_OF_HEADERS.length
        left = size
        if (!head.toString('latin1', 0, 12).endsWith('200')) reject(new Error(head.toString('latin1', 0, 500)))
      }
      left -= body
      total += body
      if (left > 0) return
      if (performance.now() - startedAt > seconds * 1000) {
        socket.destroy()
        return resolve(total)
      }
      left = -1
      socket.write(request)
    }
    const buffer = Buffer.alloc(CHUNK)
    const onread = { buffer, callback: (length: number, bytes: Uint8Array) => (take(length, bytes), true) }
    const socket = connect({ port, host: '127.0.0.1', noDelay: true, onread })
    socket.on('connect', () => socket.write(request)).on('error', reject)
  })
}

if (process.send !== undefined && process.argv[1] === import.meta.filename) {
  process.on('message', (command: StreamCommand) => {
    void load(command).then((rate) => process.send?.(rate))
  })
}
