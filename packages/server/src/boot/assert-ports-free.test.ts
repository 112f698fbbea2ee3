import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'

import { expect, test } from 'vitest'

import { assertPortsFree } from './assert-ports-free.ts'

const host = '127.0.0.1'
const api = { host, door: 'the API', key: '[api] port' }
const studio = { host, door: 'Studio', key: '[studio] port' }

async function somebodysPort() {
  const server = createServer().listen(0, host)
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, close: () => server.close() }
}

test('a port that somebody listens on is refused with the key and the flag that choose another', async () => {
  const { port, close } = await somebodysPort()
  await expect(assertPortsFree([{ ...api, port }])).rejects.toMatchObject({
    code: 'boot.port-taken',
    detail: { host, port, door: 'the API' },
    fix: expect.stringContaining('choose another port: [api] port in supabase/config.toml, or --api-port.'),
  })
  close()
})

test('two doors that want one port are told of each other', async () => {
  const { port, close } = await somebodysPort()
  close()
  await expect(
    assertPortsFree([
      { ...api, port },
      { ...studio, port },
    ]),
  ).rejects.toMatchObject({
    detail: { door: 'Studio' },
    fix: `[api] port is ${port}, too: choose another port: [studio] port in supabase/config.toml, or --studio-port.`,
  })
})

test('any number of doors may leave the choice to the system', async () => {
  await expect(
    assertPortsFree([
      { ...api, port: 0 },
      { ...studio, port: 0 },
    ]),
  ).resolves.toBeUndefined()
})
