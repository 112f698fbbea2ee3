import { once } from 'node:events'

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'

import { type RunningStack, startStack } from '../running-stack.ts'
import { channelOf, type ClientVersion, speak, type Speaker, versions } from './broadcast/speaker.ts'

let stack: RunningStack
const speakers: Speaker[] = []

beforeAll(async () => {
  stack = await startStack({ empty: true })
})
afterEach(async () => {
  await Promise.all(speakers.splice(0).map(async (one) => await one[Symbol.asyncDispose]()))
})
afterAll(async () => await stack[Symbol.asyncDispose]())

type Wishes = Partial<Omit<Parameters<typeof speak>[1], 'version' | 'topic'>>

async function come(version: ClientVersion, topic: string, wishes: Wishes = {}): Promise<Speaker> {
  const one = await speak(stack, { version, topic, ...wishes })
  speakers.push(one)
  return one
}

const send = async ({ channel }: Speaker, event: string, payload: unknown) =>
  await channel.send({ type: 'broadcast', event, payload })

describe.each(versions)('with realtime-js %s', (version) => {
  const room = (name: string): string => `${name}-${version}`

  test('everybody else in the room hears what one says, in order', async () => {
    const [alice, bob, carol] = [
      await come(version, room('r')),
      await come(version, room('r')),
      await come(version, room('r')),
    ]
    const elsewhere = await come(version, room('other'))
    for (const number of [1, 2, 3]) expect(await send(alice, 'count', { number })).toBe('ok')
    const three = [1, 2, 3].map((number) => ['count', { number }])
    await expect.poll(() => bob.heard).toEqual(three)
    await expect.poll(() => carol.heard).toEqual(three)
    expect([alice.heard, elsewhere.heard]).toEqual([[], []])
  })

  test('who asks for it hears herself, and is told that the message was taken', async () => {
    const alice = await come(version, room('self'), { self: true, ack: true })
    expect(await send(alice, 'greet', { text: 'żółw 🐢' })).toBe('ok')
    await expect.poll(() => alice.heard).toEqual([['greet', { text: 'żółw 🐢' }]])
  })

  test('who has left hears nothing more', async () => {
    const [alice, bob, carol] = [
      await come(version, room('l')),
      await come(version, room('l')),
      await come(version, room('l')),
    ]
    await bob.channel.unsubscribe()
    await send(alice, 'greet', {})
    await expect.poll(() => carol.heard).toEqual([['greet', {}]])
    expect(bob.heard).toEqual([])
  })

  test('a broadcast larger than the limit is refused to who asks, and reaches nobody', async () => {
    const [alice, bob] = [await come(version, room('large'), { ack: true }), await come(version, room('large'))]
    expect(await send(alice, 'large', { text: 'x'.repeat(3_000_001) })).toBe('error')
    expect(await send(alice, 'small', {})).toBe('ok')
    await expect.poll(() => bob.heard).toEqual([['small', {}]])
  })

  test('a channel that nobody has subscribed to sends over HTTP', async () => {
    const bob = await come(version, room('http'))
    const { channel, close } = channelOf(stack, { version, topic: room('http') })
    expect(await channel.send({ type: 'broadcast', event: 'greet', payload: { by: 'HTTP' } })).toBe('ok')
    await expect.poll(() => bob.heard).toEqual([['greet', { by: 'HTTP' }]])
    await close()
  })
})

test('clients of every version hear each other', async () => {
  const [current, older, oldest] = [
    await come('current', 'mixed'),
    await come('2.80', 'mixed'),
    await come('2.11', 'mixed'),
  ]
  await send(current, 'current', { n: 1 })
  await send(older, 'older', { n: 2 })
  await send(oldest, 'oldest', { n: 3 })
  await expect.poll(() => Object.fromEntries(current.heard)).toEqual({ older: { n: 2 }, oldest: { n: 3 } })
  await expect.poll(() => Object.fromEntries(older.heard)).toEqual({ current: { n: 1 }, oldest: { n: 3 } })
  await expect.poll(() => Object.fromEntries(oldest.heard)).toEqual({ current: { n: 1 }, older: { n: 2 } })
})

describe('with supabase-js', () => {
  test('bytes arrive as bytes, and pass over clients that cannot hear them', async () => {
    const [alice, bob, old] = [
      await come('current', 'bytes'),
      await come('current', 'bytes'),
      await come('2.80', 'bytes'),
    ]
    const bytes = Uint8Array.of(0, 1, 254, 255).buffer
    await send(alice, 'raw', bytes)
    await send(alice, 'json', { after: 'raw' })
    await expect
      .poll(() => bob.heard)
      .toEqual([
        ['raw', bytes],
        ['json', { after: 'raw' }],
      ])
    await expect.poll(() => old.heard).toEqual([['json', { after: 'raw' }]])
  })

  test('httpSend sends JSON and bytes without a subscription', async () => {
    const [bob, old] = [await come('current', 'a room/ü'), await come('2.11', 'a room/ü')]
    const { channel, close } = channelOf(stack, { version: 'current', topic: 'a room/ü' })
    expect(await channel.httpSend('greet you', { text: 'hello' })).toEqual({ success: true })
    expect(await channel.httpSend('raw', Uint8Array.of(7, 0).buffer)).toEqual({ success: true })
    await expect
      .poll(() => bob.heard)
      .toEqual([
        ['greet you', { text: 'hello' }],
        ['raw', Uint8Array.of(7, 0).buffer],
      ])
    await expect.poll(() => old.heard).toEqual([['greet you', { text: 'hello' }]])
    await expect(channel.httpSend('large', { text: 'x'.repeat(3_000_001) })).rejects.toThrow('Unprocessable Entity')
    await close()
  })

  test('httpSend to a private topic is refused where no policy lets its sender write', async () => {
    const { channel, close } = channelOf(stack, { version: 'current', topic: 'closed', isPrivate: true })
    await expect(channel.httpSend('greet', {})).rejects.toThrow('Unauthorized')
    await close()
  })

  test('a topic too long for the binary form is heard all the same', async () => {
    const topic = 'long'.repeat(60)
    const bob = await come('current', topic)
    const { channel, close } = channelOf(stack, { version: 'current', topic })
    expect(await channel.httpSend('é'.repeat(200), { n: 1 })).toEqual({ success: true })
    await expect.poll(() => bob.heard).toEqual([['é'.repeat(200), { n: 1 }]])
    await close()
  })
})

const post = async (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  await fetch(`${stack.line('API_URL')}/realtime/v1/api${path}`, {
    method: 'POST',
    headers: { apikey: stack.line('PUBLISHABLE_KEY'), 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

describe('over HTTP', () => {
  test('a batch reaches each room, with the ids it names', async () => {
    const [current, old] = [await come('current', 'batch'), await come('2.80', 'batch')]
    const messages = [1, 2].map((n) => ({ topic: 'batch', event: 'tick', payload: { n }, id: `id ${n}` }))
    const response = await post('/broadcast', { messages })
    expect([response.status, await response.text()]).toEqual([202, ''])
    const both = [1, 2].map((n) => ['tick', { n }])
    await expect.poll(() => current.heard).toEqual(both)
    await expect.poll(() => old.heard).toEqual(both)
  })

  test('what is wrong is said as upstream says it', async () => {
    const response = await post('/broadcast', { messages: [{ topic: 'batch', payload: {} }] })
    expect(response.status).toBe(422)
    expect(await response.json()).toEqual({ errors: { messages: [{ event: ["can't be blank"] }] } })
    const unsupported = await post('/broadcast/room/events/e', {}, { 'content-type': 'text/plain' })
    expect(unsupported.status).toBe(415)
  })

  test('the administration of tenants is closed', async () => {
    expect((await post('/tenants', {})).status).toBe(403)
    expect((await post('/tenants/realtime-dev/health', {})).status).toBe(403)
  })
})

test('a client that stops reading delays nobody, and is told why it is closed', async () => {
  const topic = 'slow'
  const key = stack.line('PUBLISHABLE_KEY')
  const slow = new WebSocket(
    `${stack.line('API_URL').replace('http', 'ws')}/realtime/v1/websocket?apikey=${key}&vsn=2.0.0`,
  )
  const closed = once(slow, 'close')
  await once(slow, 'open')
  slow.send(JSON.stringify(['1', '1', `realtime:${topic}`, 'phx_join', { config: {} }]))
  await once(slow, 'message')
  slow.pause()
  const notices: string[] = []
  slow.on('message', (data: Buffer, isBinary: boolean) => void (isBinary || notices.push(data.toString())))
  const [bob, alice] = [await come('current', topic), await come('current', topic, { ack: true })]
  const megabyte = new ArrayBuffer(1_000_000)
  const messages = 30
  for (let sent = 0; sent < messages; sent++) expect(await send(alice, 'large', megabyte)).toBe('ok')
  await expect.poll(() => bob.heard.length).toBe(messages)
  slow.resume()
  expect((await closed)[0]).toBe(1008)
  expect(notices.at(-1)).toContain('ClientTooSlow: The client reads too slowly')
})
