import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type CuttableProxy, startCuttableProxy } from '../../../database/pipeline/cuttable-proxy.test-support.ts'
import type { Bus } from '../bus.ts'
import { busContract } from '../contract/bus.contract.ts'
import { type AddressProblem, type NatsAddress, parseNatsUrl } from './connection/nats-address.ts'
import { type NatsBus, type NatsBusOptions, openNatsBus } from './nats-bus.ts'
import { startNats, type TestNats } from './nats-server.test-support.ts'

let nats: TestNats
beforeAll(async () => {
  nats = await startNats()
})
afterAll(async () => await nats.stop())

describe('the bus over NATS', () => {
  const ways = new Map<string, CuttableProxy>()
  afterAll(async () => {
    await Promise.all([...ways.values()].map(async (way) => await way.close()))
  })
  const wayOf = (bus: Bus): CuttableProxy => ways.get(bus.node) ?? fail('a bus of another test')
  busContract({
    async open() {
      const way = await startCuttableProxy(nats.port, '127.0.0.1')
      const bus = await opened(`nats://127.0.0.1:${way.port}`)
      ways.set(bus.node, way)
      return bus
    },
    // A killed process is one that is never heard of again.
    kill: async (bus) => wayOf(bus).stayCut(),
    cut: async (bus) => wayOf(bus).stayCut(),
    mend: async (bus) => wayOf(bus).mend(),
  })
})

test('a process that starts while NATS is away says so, and is joined to the others once it is there', async () => {
  const spare = await startNats()
  await spare.stop()
  await using early = await opened(spare.url)
  expect(early.state()).toEqual({ kind: 'cut', reason: 'connection refused' })
  const heard: string[] = []
  early.subscribe('room', (payload) => heard.push(Buffer.from(payload).toString()))
  early.publish('room', Buffer.from('lost'))
  await early.settled()
  const back = await startNats({ port: spare.port })
  await using other = await opened(back.url)
  await expect.poll(() => early.peers(), { timeout: 3000 }).toEqual([other.node])
  await early.settled()
  other.publish('room', Buffer.from('found'))
  await expect.poll(() => heard).toEqual(['found'])
  expect(early.counts().dropped).toBeGreaterThan(0)
  await back.stop()
})

test('a NATS that is started again finds everybody back', async () => {
  const before = await startNats()
  await using one = await opened(before.url)
  await using other = await opened(before.url)
  await expect.poll(() => one.peers()).toEqual([other.node])
  await before.stop()
  await expect.poll(() => [one.state().kind, other.state().kind]).toEqual(['cut', 'cut'])
  const after = await startNats({ port: before.port })
  await expect.poll(() => [one.state().kind, other.state().kind], { timeout: 3000 }).toEqual(['connected', 'connected'])
  expect(one.counts().cuts).toBe(1)
  await after.stop()
})

test(
  'a network that swallows everything is noticed, although nothing is said to be closed',
  { timeout: 10_000 },
  async () => {
    const way = await startCuttableProxy(nats.port, '127.0.0.1')
    await using bus = await opened(`nats://127.0.0.1:${way.port}`)
    expect(bus.state().kind).toBe('connected')
    way.stall()
    await expect.poll(() => bus.state().kind, { timeout: 5000 }).toBe('cut')
    way.mend()
    await expect.poll(() => bus.state().kind, { timeout: 5000 }).toBe('connected')
    await way.close()
  },
)

test('a NATS that takes nothing more does not grow memory: what is too much is dropped, counted, and told as a cut', async () => {
  const way = await startCuttableProxy(nats.port, '127.0.0.1')
  await using bus = await opened(`nats://127.0.0.1:${way.port}`)
  const cut = new Promise<void>((resolve) => bus.watch(({ kind }) => void (kind === 'cut' && resolve())))
  way.stall()
  const megabyte = Buffer.alloc(1024 * 1024)
  for (let sent = 0; sent < 80; sent += 1) bus.publish('room', megabyte)
  await cut
  expect(bus.counts().published).toBeLessThanOrEqual(66)
  expect(bus.counts().dropped).toBeGreaterThanOrEqual(14)
  way.mend()
  await expect.poll(() => bus.state().kind, { timeout: 5000 }).toBe('connected')
  await way.close()
})

test('processes of two projects that share a NATS neither hear nor see each other', async () => {
  await using ours = await opened(nats.url)
  await using theirs = await opened(nats.url, { prefix: 'tenon.theirs' })
  await using witness = await opened(nats.url)
  const heard: string[] = []
  theirs.subscribe('room', () => heard.push('theirs'))
  witness.subscribe('room', () => heard.push('ours'))
  await Promise.all([theirs.settled(), witness.settled()])
  ours.publish('room', Buffer.from('hello'))
  await expect.poll(() => heard).toEqual(['ours'])
  expect([theirs.peers(), witness.peers()]).toEqual([[], [ours.node]])
})

test('a listener that throws is reported and keeps nobody from hearing', async () => {
  const troubles: unknown[] = []
  await using bus = await opened(nats.url, { onTrouble: (error) => troubles.push(error) })
  await using other = await opened(nats.url)
  const heard: number[] = []
  bus.subscribe('room', () => fail('on purpose'))
  bus.subscribe('room', (payload) => heard.push(payload.length))
  await bus.settled()
  other.publish('room', Buffer.from('a'))
  other.publish('room', Buffer.from('bb'))
  await expect.poll(() => heard).toEqual([1, 2])
  expect(troubles.map(String)).toEqual(['Error: on purpose', 'Error: on purpose'])
})

test('bytes of a stranger on a subject of ours are ignored', async () => {
  await using bus = await opened(nats.url)
  const { connect } = await import('@nats-io/transport-node')
  const stranger = await connect({ servers: nats.url })
  const heard: string[] = []
  bus.subscribe('room', (payload) => heard.push(Buffer.from(payload).toString()))
  await bus.settled()
  for (const subject of ['tenon.test.s.room', 'tenon.test.p'])
    for (const bytes of ['', 'x', '\u0002'.repeat(40)]) stranger.publish(subject, bytes)
  await stranger.flush()
  await using other = await opened(nats.url)
  other.publish('room', Buffer.from('real'))
  await expect.poll(() => heard).toEqual(['real'])
  expect(bus.peers()).toEqual([other.node])
  await stranger.close()
})

test.each([
  ['a user and password', ['--user', 'tenon', '--pass', 'p@ss/word'], 'tenon:p%40ss%2Fword@'],
  ['a token', ['--auth', 's3cret'], 's3cret@'],
])('NATS that wants %s is given it from the URL, and refuses whoever has another', async (_, args, login) => {
  const guardedNats = await startNats({ args })
  await using bus = await opened(guardedNats.url.replace('//', `//${login}`))
  expect(bus.state()).toEqual({ kind: 'connected' })
  await using stranger = await opened(guardedNats.url.replace('//', '//other:wrong@'))
  expect(stranger.state()).toMatchObject({ kind: 'cut', reason: expect.stringMatching(/authorization/i) as string })
  await guardedNats.stop()
})

test('tls:// trusts the authority whose file it names, and without it nobody unknown', async () => {
  const folder = join(import.meta.dirname, '../../../../../../conformance/tls')
  const [certificate, key] = ['certificate.pem', 'key.pem'].map((file) => join(folder, file)) as [string, string]
  const secured = await startNats({ args: ['--tls', '--tlscert', certificate, '--tlskey', key] })
  await using bus = await opened(`tls://localhost:${secured.port}?ca=${certificate}`)
  expect(bus.state()).toEqual({ kind: 'connected' })
  await using stranger = await opened(`tls://localhost:${secured.port}`)
  expect(stranger.state().kind).toBe('cut')
  await secured.stop()
})

async function opened(url: string, options: Partial<NatsBusOptions> = {}): Promise<NatsBus & AsyncDisposable> {
  const bus = await openNatsBus({
    address: addressOf(url),
    prefix: 'tenon.test',
    onTrouble: () => undefined,
    ...options,
  })
  return { ...bus, [Symbol.asyncDispose]: async () => await bus.close() }
}

function addressOf(url: string): NatsAddress {
  const address: NatsAddress | AddressProblem = parseNatsUrl(url)
  return address.kind === 'problem' ? fail(address.problem) : address
}

function fail(message: string): never {
  throw new Error(message)
}
