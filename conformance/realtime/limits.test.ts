import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'

import { type RunningStack, startStack } from '../running-stack.ts'
import { clientOf, subscribe, type Version, versions } from './clients.ts'
import { openRaw } from './raw-socket.ts'

/** Rates are averages over a minute, so that one a second lets sixty through at once. */
const CONFIG = `
[realtime]
origins = ["https://app.example"]
[realtime.limits]
sockets = 2
channels_per_socket = 2
joins_per_second = 1
messages_per_second = 1
frame_bytes = 4096
idle_timeout = 2
`

let stack: RunningStack

beforeAll(async () => {
  stack = await startStack({ files: { 'supabase/config.toml': CONFIG } })
})
afterAll(async () => await stack[Symbol.asyncDispose]())

const connect = (version: Version) => clientOf(version, stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'))
const open = async (headers: Readonly<Record<string, string>> = {}) =>
  await openRaw(stack.line('API_URL'), { apikey: stack.line('PUBLISHABLE_KEY'), vsn: '2.0.0' }, headers)
const openSockets = async (): Promise<string | undefined> =>
  /^tenon_realtime_sockets (\d+)/m.exec(await (await fetch(`${stack.line('API_URL')}/metrics`)).text())?.[1]

// The limit of sockets is small: those of the test before must be gone.
afterEach(async () => await vi.waitUntil(async () => (await openSockets()) === '0', { timeout: 5000 }))

test('a page of another origin opens no socket, one of its own does', async () => {
  await expect(open({ origin: 'https://evil.example' })).rejects.toThrow('403 {"error":"Pages of https://evil.example')
  for (const origin of ['https://app.example', 'http://localhost:3000']) (await open({ origin })).socket.close()
})

test('more sockets than the limit are told so before they are open', async () => {
  const sockets = [await open(), await open()]
  await expect(open()).rejects.toThrow('429 {"error":"Too many connected users"}')
  for (const { socket } of sockets) socket.close()
})

test.each(versions)('realtime-js %s is told that it has too many channels, and those it has go on', async (version) => {
  const client = connect(version)
  const [first, second] = [subscribe(client.channel('a')), subscribe(client.channel('b'))]
  await expect.poll(() => [first.statuses, second.statuses]).toEqual([['SUBSCRIBED'], ['SUBSCRIBED']])
  const third = subscribe(client.channel('c'))
  await expect.poll(() => third.statuses).toContain('CHANNEL_ERROR')
  expect(third.errors[0]).toMatch(/ChannelRateLimitReached: Too many channels/)
  expect([first.statuses, second.statuses]).toEqual([['SUBSCRIBED'], ['SUBSCRIBED']])
  await client.removeAllChannels()
})

test('a message larger than a frame may be closes the socket', async () => {
  const { socket, closed } = await open()
  socket.send('x'.repeat(4097))
  expect((await closed)[0]).toBe(1009)
})

test('a socket without a heartbeat is closed', async () => {
  const { closed } = await open()
  expect(await closed).toEqual([4408, 'No heartbeat'])
})

test('a channel on which too much is said is ended and told why', async () => {
  const { say, heard, socket } = await open()
  say(['1', '1', 'realtime:x', 'phx_join', {}])
  await expect.poll(() => heard.length).toBe(1)
  for (let time = 0; time < 61; time += 1) {
    say(['1', null, 'realtime:x', 'broadcast', { type: 'broadcast', event: 'x', payload: {} }])
  }
  const message = 'Too many messages per second'
  const told = ['1', null, 'realtime:x', 'system', { extension: 'system', status: 'error', message, channel: 'x' }]
  await expect.poll(() => heard).toEqual(expect.arrayContaining([told, ['1', '1', 'realtime:x', 'phx_close', {}]]))
  socket.close()
})

test('joining too often closes the socket and says why, and opens no other meanwhile', async () => {
  const { say, heard, closed } = await open()
  for (let time = 0; time < 61; time += 1) say(['1', '1', 'realtime:x', 'phx_join', {}])
  expect(await closed).toEqual([1008, 'Too many joins per second'])
  const reason = 'ClientJoinRateLimitReached: Too many joins per second'
  expect(heard).toContainEqual(['1', '1', 'realtime:x', 'phx_reply', { status: 'error', response: { reason } }])
  await expect(open()).rejects.toThrow('429 {"error":"Too many joins per second"')
})
