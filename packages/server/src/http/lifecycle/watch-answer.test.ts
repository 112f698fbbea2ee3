import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'

import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { expect, onTestFinished, test } from 'vitest'

import { createHttpServer } from '../create-http-server.ts'

/** A server that waits a tenth of a second for whoever reads, with the routes of `add` below `/storage/v1`. */
async function start(add: (fastify: FastifyInstance) => void): Promise<number> {
  const server = await createHttpServer({
    rest: async () => ({ status: 200, headers: [], body: '' }),
    gate: { checkApiKey: () => {}, checkBrowser: () => {}, requireSecretKey: () => {} },
    guardSecretPaths: false,
    health: () => Promise.resolve({ healthy: true, facts: {} }),
    registry: new Registry(),
    openMetrics: true,
    logger: pino({ level: 'silent' }),
    doors: { storage: async (fastify) => add(fastify) },
    limits: { answerIdleTimeout: 100 },
  })
  onTestFinished(async () => void (await server.close(0)))
  return (await server.listen(0, '127.0.0.1')).port
}

async function ask(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.write('GET /storage/v1/x HTTP/1.1\r\nhost: x\r\n\r\n')
  return socket
}

const piece = Buffer.alloc(64 * 1024)

test('who asks for a stream and does not read is cut off, and the stream is closed', async () => {
  const bytes = new Readable({ read: () => void bytes.push(piece) })
  const port = await start((fastify) => fastify.get('/x', async (_request, reply) => await reply.send(bytes)))
  await ask(port)
  await once(bytes, 'close')
  expect(bytes.destroyed).toBe(true)
})

test('who asks for bytes that are written past Fastify and does not read is cut off, and the writer is told', async () => {
  const told = Promise.withResolvers<boolean>()
  const port = await start((fastify) =>
    fastify.get('/x', (_request, reply) => {
      reply.hijack()
      reply.raw.once('close', () => told.resolve(reply.raw.writableFinished))
      reply.raw.writeHead(200)
      const write = (): void => {
        while (reply.raw.write(piece));
      }
      reply.raw.on('drain', write)
      write()
    }),
  )
  await ask(port)
  expect(await told.promise).toBe(false)
})

test('a door that takes longer to answer than a client may take to read is waited for', async () => {
  const port = await start((fastify) =>
    fastify.get('/x', async (_request, reply) => {
      await once(reply.raw, 'timeout')
      return 'late'
    }),
  )
  const socket = await ask(port)
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  expect(chunk.toString()).toContain('late')
})
