import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type RunningStack, startStack } from '../running-stack.ts'
import { clientOf, subscribe, type Version, versions } from './clients.ts'
import { openRaw } from './raw-socket.ts'

let stack: RunningStack

beforeAll(async () => {
  stack = await startStack({ empty: true })
})
afterAll(async () => await stack[Symbol.asyncDispose]())

const connect = (version: Version, options = {}) =>
  clientOf(version, stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'), options)

const open = async (vsn = '2.0.0') =>
  await openRaw(stack.line('API_URL'), { apikey: stack.line('PUBLISHABLE_KEY'), vsn })
const reply = (response: unknown, status = 'ok') => ({ status, response })

/** A join that is not answered within this time is given up by the older clients, which then leave. */
const reconnectAfterMs = (): number => 1500

describe.each(versions)('realtime-js %s', (version) => {
  test('subscribes and unsubscribes', async () => {
    const client = connect(version)
    const { channel, statuses } = subscribe(client.channel('room'))
    await expect.poll(() => statuses).toEqual(['SUBSCRIBED'])
    expect(await channel.unsubscribe()).toBe('ok')
    expect(statuses).toEqual(['SUBSCRIBED', 'CLOSED'])
    expect(client.getChannels()).toEqual([])
    await client.disconnect()
  })

  test('removes one channel of several, then all of them', async () => {
    const client = connect(version)
    const [first, second, third] = ['a', 'b', 'c'].map((name) => subscribe(client.channel(name)))
    if (first === undefined || second === undefined || third === undefined) throw new Error('three channels')
    await expect
      .poll(() => [first, second, third].map(({ statuses }) => statuses.at(-1)))
      .toEqual(Array.from({ length: 3 }, () => 'SUBSCRIBED'))
    expect(await client.removeChannel(first.channel)).toBe('ok')
    expect(client.getChannels()).toEqual([second.channel, third.channel])
    expect(await client.removeAllChannels()).toEqual(['ok', 'ok'])
    expect(client.isConnected()).toBe(false)
  })

  test('subscribes to a topic again after it has left', async () => {
    const client = connect(version)
    // Without a channel some versions disconnect, and cannot connect again until they have.
    subscribe(client.channel('stays'))
    for (let time = 0; time < 3; time += 1) {
      const { channel, statuses } = subscribe(client.channel('again'))
      await expect.poll(() => statuses).toEqual(['SUBSCRIBED'])
      await client.removeChannel(channel)
    }
    await client.disconnect()
  })

  test('is answered when it beats', async () => {
    const beats: string[] = []
    const client = connect(version, { heartbeatIntervalMs: 100 })
    client.onHeartbeat((status) => void beats.push(status))
    subscribe(client.channel('beat'))
    await expect.poll(() => beats).toEqual(expect.arrayContaining(['sent', 'ok']))
    expect(beats).not.toContain('timeout')
    await client.disconnect()
  })

  test('is told why a private channel without a policy is none of its business', async () => {
    const client = connect(version)
    const { errors, statuses } = subscribe(client.channel('secret', { config: { private: true } }))
    await expect.poll(() => statuses).toContain('CHANNEL_ERROR')
    expect(errors[0]).toMatch(/Unauthorized: You do not have permissions to read from this Channel topic: secret/)
    await client.removeAllChannels()
  })
})

describe('over a bare socket', () => {
  test('no key, no socket, and a word on where to get one', async () => {
    await expect(openRaw(stack.line('API_URL'), {})).rejects.toThrow(
      /^401 {"error":"No API key found in request","hint":"Send the project’s publishable key as/,
    )
  })

  test('a request that asks for no socket is told so, once its key is good', async () => {
    const url = `${stack.line('API_URL')}/realtime/v1/websocket?vsn=2.0.0`
    const [stranger, known] = [await fetch(url), await fetch(`${url}&apikey=${stack.line('PUBLISHABLE_KEY')}`)]
    expect([stranger.status, known.status]).toEqual([401, 400])
    expect(await known.json()).toEqual({ error: expect.stringContaining('asks for no upgrade') })
    const ping = await fetch(`${stack.line('API_URL')}/realtime/v1/api/ping`)
    expect([ping.status, await ping.json()]).toEqual([200, { message: 'Success' }])
  })

  test('joining twice closes the first, and a stranger’s message is answered', async () => {
    const { heard, say, socket } = await open()
    say(['1', '1', 'realtime:x', 'phx_join', { config: { postgres_changes: null } }])
    say(['2', '2', 'realtime:x', 'phx_join', {}])
    say(['3', '3', 'realtime:y', 'broadcast', {}])
    await expect.poll(() => heard.length).toBe(4)
    expect(heard).toEqual(
      expect.arrayContaining([
        ['1', '1', 'realtime:x', 'phx_reply', reply({ postgres_changes: [] })],
        ['1', '1', 'realtime:x', 'phx_close', {}],
        ['2', '2', 'realtime:x', 'phx_reply', reply({ postgres_changes: [] })],
        ['3', '3', 'realtime:y', 'phx_reply', reply({ reason: 'unmatched topic' }, 'error')],
      ]),
    )
    socket.close()
  })

  test.each(['1.0.0', '2.0.0'])('what is no message of %s is refused by name, and nothing else ends', async (vsn) => {
    const { heard, socket } = await open(vsn)
    for (const frame of ['hello', Buffer.of(9, 9)]) socket.send(frame)
    const beat = { topic: 'phoenix', event: 'heartbeat', payload: {}, ref: '1' }
    socket.send(JSON.stringify(vsn === '1.0.0' ? beat : [null, '1', 'phoenix', 'heartbeat', {}]))
    await expect.poll(() => heard.length).toBe(3)
    const said = JSON.stringify(heard)
    expect(said).toMatch(/MalformedMessage: The message is not JSON.*MalformedMessage.*binary.*"status":"ok"/)
    socket.close()
  })

  test('nothing that is sent does any harm to others', async () => {
    const client = connect('2.119')
    const { statuses } = subscribe(client.channel('bystander'))
    await expect.poll(() => statuses).toEqual(['SUBSCRIBED'])
    const topic = fc.constantFrom('phoenix', 'realtime:x', 'realtime:', 'x', '')
    const event = fc.constantFrom('phx_join', 'phx_leave', 'access_token', 'broadcast', 'presence', 'heartbeat', 'x')
    const meant = fc.tuple(fc.constant('1'), fc.constant('2'), topic, event, fc.jsonValue())
    const said = fc.oneof(
      { weight: 3, arbitrary: meant.map((message) => JSON.stringify(message)) },
      fc.json(),
      fc.string(),
      fc.uint8Array().map((bytes) => Buffer.from(bytes)),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from([3, ...bytes])),
    )
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('1.0.0', '2.0.0'), fc.array(said, { maxLength: 20 }), async (vsn, messages) => {
        const { socket, closed } = await open(vsn)
        for (const message of messages) socket.send(message)
        socket.close()
        const [code] = await closed
        expect([1000, 1005]).toContain(code)
      }),
      { numRuns: 60 },
    )
    expect(statuses).toEqual(['SUBSCRIBED'])
    expect(stack.output()).not.toContain('fault')
    expect(await (await fetch(`${stack.line('API_URL')}/health`)).json()).toMatchObject({ status: 'ok' })
    await client.removeAllChannels()
  })

  test('what is open, joined and refused is counted', async () => {
    const { say, heard, socket } = await open()
    say(['1', '1', 'realtime:', 'phx_join', {}])
    await expect.poll(() => heard.length).toBe(1)
    const metrics = await (await fetch(`${stack.line('API_URL')}/metrics`)).text()
    expect(metrics).toMatch(/^tenon_realtime_sockets [1-9]/m)
    expect(metrics).toMatch(/^tenon_realtime_joins [1-9]/m)
    expect(metrics).toMatch(/^tenon_realtime_refusals{code="realtime.topic-missing"} [1-9]/m)
    socket.close()
  })
})

test('every client is back after the server has restarted', async () => {
  const [latest, older, oldest] = versions.map((version) => connect(version, { reconnectAfterMs }))
  if (latest === undefined || older === undefined || oldest === undefined) throw new Error('three versions')
  const [first, second, third] = [latest, older, oldest].map((client) => subscribe(client.channel('room')))
  const last = () => [first, second, third].map((subscription) => subscription?.statuses.at(-1))
  await expect.poll(last).toEqual(['SUBSCRIBED', 'SUBSCRIBED', 'SUBSCRIBED'])
  const { port } = new URL(stack.line('API_URL'))
  expect(await stack.stop()).toBe(0)
  await expect.poll(last).toEqual(['CHANNEL_ERROR', 'CHANNEL_ERROR', 'CHANNEL_ERROR'])
  stack = await startStack({ folder: stack.folder, args: ['--api-port', port] })
  await expect.poll(() => last().slice(0, 2), { timeout: 20_000 }).toEqual(['SUBSCRIBED', 'SUBSCRIBED'])
  // 2.11 drops its channels when it connects again: the application subscribes anew.
  await expect.poll(() => oldest.isConnected(), { timeout: 20_000 }).toBe(true)
  const again = subscribe(oldest.channel('another'))
  await expect.poll(() => again.statuses).toEqual(['SUBSCRIBED'])
  for (const client of [latest, older, oldest]) await client.disconnect()
})
