import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'

import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { afterEach, expect, test } from 'vitest'

import { createHttpServer, type HttpServer } from '../create-http-server.ts'
import type { HttpLimits } from '../http-options.ts'

const running: HttpServer[] = []

afterEach(async () => {
  for (const server of running.splice(0)) await server.close(0)
})

/** A server with a door that streams: `/take` tells how many bytes came, `/refuse` does not look at them. */
async function start(limits: Partial<HttpLimits> = {}): Promise<number> {
  const server = await createHttpServer({
    rest: async (web) => ({ status: 200, headers: [], body: `${(await web.body()).length}` }),
    gate: { checkApiKey: () => {}, checkBrowser: () => {}, requireSecretKey: () => {} },
    guardSecretPaths: false,
    health: () => Promise.resolve({ healthy: true, facts: {} }),
    registry: new Registry(),
    openMetrics: true,
    logger: pino({ level: 'silent' }),
    doors: { storage: async (fastify) => addStreamingDoor(fastify) },
    limits,
  })
  running.push(server)
  return (await server.listen(0, '127.0.0.1')).port
}

function addStreamingDoor(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers()
  fastify.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  fastify.post('/take', async (request) => {
    let size = 0
    for await (const chunk of request.body as Readable) size += (chunk as Buffer).length
    return { size }
  })
  fastify.post('/refuse', async (_request, reply) => await reply.code(403).send({ refused: true }))
}

interface Talk {
  readonly socket: Socket
  readonly heard: () => string
  readonly closed: Promise<void>
}

async function open(port: number): Promise<Talk> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let heard = ''
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString()))
  socket.on('error', () => {})
  const closed = new Promise<void>((done) => socket.once('close', () => done()))
  await once(socket, 'connect')
  return { socket, heard: () => heard, closed }
}

/** Once the server has said all, we have nothing more to say either. */
async function ended(socket: Socket, closed: Promise<void>): Promise<void> {
  if (socket.readableEnded) socket.end()
  else socket.once('end', () => socket.end())
  await closed
}

function head(path: string, length: number, more = ''): string {
  return `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n${more}\r\n`
}

test('a streamed body may take longer than a whole one, as long as it keeps coming', async () => {
  const port = await start({ requestTimeout: 100, bodyIdleTimeout: 10_000 })
  const { socket, heard, closed } = await open(port)
  const began = performance.now()
  socket.write(head('/storage/v1/take', 1000, 'connection: close\r\n'))
  let sent = 0
  const drip = setInterval(() => {
    socket.write('x')
    sent += 1
    if (performance.now() - began < 400) return
    clearInterval(drip)
    socket.write('x'.repeat(1000 - sent))
  }, 20)
  await ended(socket, closed)
  expect(heard()).toContain('{"size":1000}')
})

test('a streamed body of which nothing comes any more ends in 408', async () => {
  const { socket, heard, closed } = await open(await start({ bodyIdleTimeout: 100 }))
  socket.write(`${head('/storage/v1/take', 1000)}abc`)
  await ended(socket, closed)
  expect(heard()).toMatch(/^HTTP\/1\.1 408 /)
})

test('a body of another door that is not whole in time ends in 408, however steadily it comes', async () => {
  const { socket, heard, closed } = await open(await start({ requestTimeout: 200, bodyIdleTimeout: 10_000 }))
  socket.write(head('/rest/v1/x', 1_000_000))
  const drip = setInterval(() => socket.write('x'), 20)
  await ended(socket, closed)
  clearInterval(drip)
  expect(heard()).toMatch(/^HTTP\/1\.1 408 /)
})

test.each(['', 'connection: close\r\n'])('a refusal reaches a client that is still sending (%j)', async (more) => {
  const { socket, heard, closed } = await open(await start())
  const length = 20 * 1024 * 1024
  socket.write(head('/storage/v1/refuse', length, more))
  const piece = Buffer.alloc(1024 * 1024, 'x')
  for (let sent = 0; sent < length; sent += piece.length) {
    if (!socket.write(piece)) await once(socket, 'drain')
  }
  await expect.poll(heard).toContain('{"refused":true}')
  if (more === '') socket.write(`GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
  await ended(socket, closed)
  expect(heard().startsWith('HTTP/1.1 403 ')).toBe(true)
  expect(heard().includes('"status":"ok"')).toBe(more === '')
})

test('a client that sends on without end behind a refusal is cut off', async () => {
  const { socket, closed } = await open(await start())
  socket.write(head('/storage/v1/refuse', 1024 ** 4))
  const piece = Buffer.alloc(1024 * 1024, 'x')
  let sent = 0
  const send = (): void => {
    while (socket.writable && socket.write(piece)) sent += piece.length
  }
  socket.on('drain', send)
  send()
  await ended(socket, closed)
  expect(sent).toBeLessThan(256 * 1024 * 1024)
})

test('who waits to be told to send is told where the door reads, and answered at once where it refuses', async () => {
  const port = await start()
  const taken = await open(port)
  const wait = 'expect: 100-continue\r\nconnection: close\r\n'
  taken.socket.write(head('/storage/v1/take', 2, wait))
  await expect.poll(taken.heard).toBe('HTTP/1.1 100 Continue\r\n\r\n')
  taken.socket.write('hi')
  await ended(taken.socket, taken.closed)
  expect(taken.heard()).toContain('{"size":2}')
  const refused = await open(port)
  refused.socket.write(head('/storage/v1/refuse', 2, wait))
  await ended(refused.socket, refused.closed)
  expect(refused.heard()).toMatch(/^HTTP\/1\.1 403 /)
})
