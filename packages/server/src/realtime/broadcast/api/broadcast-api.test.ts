import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'

import { type ChannelAccess, publicAccess } from '../../access/channel-access.ts'
import type { RefusedFact } from '../../limits/refusal-log.ts'
import { createLocalBus } from '../../fanout/local-bus.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import { anonymous, channelOf } from '../channel-of.test-support.ts'
import { createBroadcaster } from '../delivery/broadcaster.ts'
import { createDeliver } from '../delivery/deliver.ts'
import { createRooms } from '../rooms.ts'
import { broadcastApi } from './broadcast-api.ts'

const KEY = { apikey: 'key' }
const JSON_TYPE = { ...KEY, 'content-type': 'application/json' }
const BYTES_TYPE = { ...KEY, 'content-type': 'application/octet-stream' }
const readOnly: ChannelAccess = { ...publicAccess, broadcast: { read: true, write: false } }

/** The API over rooms whose private topics may be written where their name says so. */
function apiOf({ average = 0, nobodyToAsk = false, explain = false } = {}) {
  const rooms = createRooms()
  const facts: RefusedFact[] = []
  let counted = 0
  const rate = { average, limit: 10, isReached: false, add: (messages: number) => void (counted += messages) }
  const broadcaster = createBroadcaster({ rooms, deliver: createDeliver(rate), bus: createLocalBus() })
  const asked: string[] = []
  const fastify = Fastify()
  const api = broadcastApi({
    identify: async ({ apikey }) => {
      if (apikey === 'expired') throw new Refusal('token.expired', { expiredAt: 1, now: 2 })
      return apikey === undefined ? anonymous : { ...anonymous, via: 'api-key' }
    },
    authorize: nobodyToAsk
      ? null
      : async (_identity, subtopic) => {
          asked.push(subtopic)
          if (subtopic === 'failing') {
            throw new Refusal('realtime.policy-failed', { topic: subtopic, role: 'anon', message: 'division by zero' })
          }
          return subtopic.startsWith('writable') ? publicAccess : readOnly
        },
    broadcaster,
    rate,
    limits: { broadcastBytes: 200 },
    explain,
    note: (fact) => void facts.push(fact),
  })
  fastify.register(api, { prefix: '/realtime/v1' })
  const join = (subtopic: string, wishes: Parameters<typeof channelOf>[0] = {}) => {
    const channel = channelOf({ subtopic, ...wishes })
    rooms.enter(channel)
    return channel
  }
  const post = async (path: string, payload: string | Buffer, headers: Record<string, string> = JSON_TYPE) =>
    await fastify.inject({ method: 'POST', url: `/realtime/v1/api/broadcast${path}`, headers, payload })
  const batch = async (messages: unknown) => await post('', JSON.stringify({ messages }))
  return { fastify, join, post, batch, asked, facts, counted: () => counted }
}

const heard = (channel: ReturnType<typeof channelOf>): readonly string[] =>
  channel.connection.sent.map((frame) => frame.toString('latin1'))

const hello = { topic: 'room', event: 'greet', payload: { text: 'hello' } }

const deep = `{"messages":${'['.repeat(500_000)}${']'.repeat(500_000)}}`

describe('a batch', () => {
  it('reaches each message’s room', async () => {
    const { batch, join } = apiOf()
    const [room, other] = [join('room'), join('other', { vsn: '1.0.0' })]
    const { statusCode, body } = await batch([hello, { ...hello, topic: 'other', id: 'an id' }])
    expect([statusCode, body]).toEqual([202, ''])
    expect(heard(room)).toEqual([
      expect.stringContaining(
        '"realtime:room","broadcast",{"type":"broadcast","event":"greet","payload":{"text":"hello"}}]',
      ),
    ])
    expect(heard(other)).toEqual([expect.stringContaining('"payload":{"text":"hello"},"meta":{"id":"an id"}}')])
  })

  it('leaves out what policies do not let its sender write, asking once for each topic, and tells the log', async () => {
    const { batch, join, asked, facts } = apiOf()
    const [readable, writable, open] = [
      join('readable', { isPrivate: true }),
      join('writable', { isPrivate: true }),
      join('writable'),
    ]
    const both = ['readable', 'writable', 'writable'].map((topic) => ({ ...hello, topic, private: true }))
    expect((await batch(both)).statusCode).toBe(202)
    expect([readable, writable, open].map((channel) => heard(channel).length)).toEqual([0, 2, 0])
    expect(asked).toEqual(['readable', 'writable'])
    const fact = { what: 'broadcast dropped', topic: 'readable', role: 'anon', right: 'broadcast write' }
    expect(facts).toEqual([expect.objectContaining({ ...fact, remote: '127.0.0.1' })])
  })

  it('sends nothing private where nobody can be asked', async () => {
    const { batch, join } = apiOf({ nobodyToAsk: true })
    const writable = join('writable', { isPrivate: true })
    expect((await batch([{ ...hello, topic: 'writable', private: true }])).statusCode).toBe(202)
    expect(heard(writable)).toEqual([])
  })

  it.each([
    [undefined, ["can't be blank"]],
    [[], ["can't be blank"]],
    ['text', ['is invalid']],
    [['text'], ['is invalid']],
    [
      [{ topic: 'room' }, { payload: {} }, hello],
      [
        { payload: ["can't be blank"], event: ["can't be blank"] },
        { topic: ["can't be blank"], event: ["can't be blank"] },
        {},
      ],
    ],
    [
      [{ topic: 1, event: ' ', payload: [], private: 'maybe', id: 7 }],
      [
        {
          topic: ['is invalid'],
          event: ["can't be blank"],
          payload: ['is invalid'],
          private: ['is invalid'],
          id: ['is invalid'],
        },
      ],
    ],
    [[{ ...hello, payload: { text: 'x'.repeat(200) } }], [{ payload: ['Payload size exceeds tenant limit'] }]],
  ])('%j is refused field by field, and nothing is sent', async (messages, errors) => {
    const { batch, join } = apiOf()
    const room = join('room')
    const response = await batch(messages)
    expect(response.statusCode).toBe(422)
    expect(response.json()).toEqual({ errors: { messages: errors } })
    expect(heard(room)).toEqual([])
  })

  it.each([
    ['is not JSON', '{"messages":', 'The body is not JSON'],
    ['goes too deep to be printed', deep, 'The body goes deeper than 256 levels'],
  ])('that %s is refused', async (_what, sent, message) => {
    const { statusCode, body } = await apiOf().post('', sent)
    expect([statusCode, JSON.parse(body)]).toEqual([400, { message }])
  })

  it('is refused beyond the rate, and where it would go beyond', async () => {
    const reached = await apiOf({ average: 10 }).batch([hello])
    expect([reached.statusCode, reached.json()]).toEqual([429, { message: 'You have exceeded your rate limit' }])
    const large = await apiOf({ average: 9 }).batch([hello, hello])
    expect([large.statusCode, large.json().message]).toEqual([
      429,
      'Too many messages to broadcast, please reduce the batch size',
    ])
  })

  it('counts each message and each delivery', async () => {
    const { batch, join, counted } = apiOf()
    join('room')
    join('room')
    await batch([hello, hello])
    expect(counted()).toBe(2 + 4)
  })
})

describe('a single message', () => {
  it('reaches the room with its JSON as it was written', async () => {
    const { post, join } = apiOf()
    const room = join('a room/with ü')
    const response = await post(`/${encodeURIComponent('a room/with ü')}/events/e%2Fe`, '{"x": 1.50}')
    expect([response.statusCode, response.body]).toEqual([202, ''])
    expect(heard(room)[0]).toMatch(/e\/e\{"x": 1\.50\}$/)
  })

  it('of bytes arrives as those bytes', async () => {
    const { post, join } = apiOf()
    const room = join('room')
    expect((await post('/room/events/e', Buffer.of(0, 255), BYTES_TYPE)).statusCode).toBe(202)
    expect([...(room.connection.sent[0]?.subarray(-2) ?? [])]).toEqual([0, 255])
  })

  it('goes to names longer than a router’s parameter, and without a body', async () => {
    const { post, join } = apiOf()
    const topic = 'long'.repeat(50)
    const room = join(topic)
    expect((await post(`/${topic}/events/e`, '', KEY)).statusCode).toBe(202)
    expect(heard(room)[0]).toMatch(/e\{\}$/)
  })

  it('to a private room asks the policies', async () => {
    const { post, join } = apiOf()
    const [writable, readable] = [join('writable', { isPrivate: true }), join('readable', { isPrivate: true })]
    expect((await post('/writable/events/e?private=true', '{}')).statusCode).toBe(202)
    const refused = await post('/readable/events/e?private=true', '{}')
    expect(refused.statusCode).toBe(403)
    const hint = 'You do not have permissions to write to this Channel topic: readable'
    expect(refused.json()).toEqual({ message: 'Unauthorized', hint })
    expect([writable, readable].map((channel) => heard(channel).length)).toEqual([1, 0])
  })

  it('to a private room is refused by name where a policy fails, which a batch passes over', async () => {
    const { post, batch, join } = apiOf()
    const other = join('writable', { isPrivate: true })
    const refused = await post('/failing/events/e?private=true', '{}')
    expect([refused.statusCode, refused.json()]).toEqual([422, { message: 'RLS policy error' }])
    const both = ['failing', 'writable'].map((topic) => ({ ...hello, topic, private: true }))
    expect((await batch(both)).statusCode).toBe(202)
    expect(heard(other)).toHaveLength(1)
  })

  it.each([
    ['text/plain', '{}', 415, '{"error":"Unsupported Media Type. Use application/json or application/octet-stream"}'],
    ['application/json', '{', 400, 'The body, sent as application/json, is not JSON'],
    ['application/json', `"${'x'.repeat(200)}"`, 422, 'Payload size exceeds tenant limit'],
    ['application/octet-stream', 'x'.repeat(201), 422, 'Payload size exceeds tenant limit'],
    ['application/json', 'x'.repeat(1_000_201), 413, 'too large'],
  ])('%s is refused where it cannot be sent', async (type, body, status, words) => {
    const { statusCode, body: answer } = await apiOf().post('/room/events/e', body, { ...KEY, 'content-type': type })
    expect(statusCode).toBe(status)
    expect(answer).toContain(words)
  })

  it.each(['/room/events', '/room/event/e', '/room/events/e/more', '//events/e'])('%s leads nowhere', async (path) => {
    expect((await apiOf().post(path, '{}')).statusCode).toBe(404)
  })

  it('is refused beyond the rate', async () => {
    expect((await apiOf({ average: 10 }).post('/room/events/e', '{}')).statusCode).toBe(429)
  })
})

describe('whoever calls', () => {
  it('must show something', async () => {
    const { post } = apiOf()
    expect((await post('', '{}', {})).statusCode).toBe(401)
    expect((await post('/room/events/e', '{}', {})).statusCode).toBe(401)
  })

  it('may show the key in the query', async () => {
    expect((await apiOf().post('/room/events/e?apikey=key', '{}', {})).statusCode).toBe(202)
  })

  it('is refused with a token that has expired, and told where refusals are explained which refusal it is', async () => {
    const [plain, explained] = [apiOf(), apiOf({ explain: true })]
    const [refused, named] = [
      await plain.post('', '{}', { apikey: 'expired' }),
      await explained.post('', '{}', { apikey: 'expired' }),
    ]
    expect([refused.statusCode, refused.json()]).toEqual([
      401,
      { message: 'Unauthorized', hint: 'Token has expired 1 seconds ago' },
    ])
    expect([refused, named].map(({ headers }) => headers['x-tenon-refusal'])).toEqual([undefined, 'token.expired'])
  })

  it.each(['tenants', 'tenants/realtime-dev/health', 'openapi', 'openapi/v1'])(
    'is kept out of /api/%s',
    async (path) => {
      const { fastify } = apiOf()
      const response = await fastify.inject({ method: 'GET', url: `/realtime/v1/api/${path}`, headers: KEY })
      expect(response.statusCode).toBe(403)
    },
  )
})
