import { describe, expect, test } from 'vitest'

import { Refusal } from '../../refusal/refusal.ts'
import { identityOf, settle, worldOf } from './conversation.test-support.ts'

const room = 'realtime:room'
const ok = (response: unknown) => ({ status: 'ok', response })
const error = (reason: unknown) => ({ status: 'error', response: { reason } })

describe('joining', () => {
  test('is answered with what the features say, and they go on after the answer', async () => {
    const world = worldOf()
    await world.say('1', '1', room, 'phx_join', {})
    expect(world.heard).toEqual([['1', '1', room, 'phx_reply', ok({ postgres_changes: [], welcome: 'room' })]])
    expect(world.story).toEqual([`join ${room}`, `joined ${room}`])
    expect(world.counts).toMatchObject({ channels: 1, joins: 1, messages: 1 })
  })

  test('is answered without join_ref in 1.0.0', async () => {
    const world = worldOf({ vsn: '1.0.0' })
    await world.say('1', '1', room, 'phx_join', {})
    expect(world.heard).toEqual([
      { topic: room, event: 'phx_reply', payload: ok({ postgres_changes: [], welcome: 'room' }), ref: '1' },
    ])
  })

  test('again closes the channel before, and takes its place', async () => {
    const world = worldOf()
    await world.say('1', '1', room, 'phx_join', {})
    await world.say('2', '2', room, 'phx_join', {})
    expect(world.heard.slice(1)).toEqual([
      ['1', '1', room, 'phx_close', {}],
      ['2', '2', room, 'phx_reply', expect.objectContaining({ status: 'ok' })],
    ])
    expect(world.story).toEqual([`join ${room}`, `joined ${room}`, `left ${room}`, `join ${room}`, `joined ${room}`])
    expect(world.counts.channels).toBe(1)
  })

  test.each([
    ['realtime:', 'TopicNameRequired: You must provide a topic name', 'realtime.topic-missing'],
    ['room', 'unmatched topic', 'realtime.topic-unjoined'],
  ])('the topic %s is refused', async (topic, reason, code) => {
    const world = worldOf()
    await world.say('1', '1', topic, 'phx_join', {})
    expect(world.heard).toEqual([['1', '1', topic, 'phx_reply', error(reason)]])
    expect(world.refusals).toEqual([code])
  })

  test('a feature’s refusal refuses it, and whoever had joined is told of the end', async () => {
    const refusal = new Refusal('realtime.subscription-invalid', { reason: 'no such table' })
    const world = worldOf({ feature: { join: () => Promise.reject(refusal) } })
    await world.say('1', '1', room, 'phx_join', {})
    expect(world.heard).toEqual([['1', '1', room, 'phx_reply', error('SubscriptionInvalid: no such table')]])
    expect([world.story, world.counts.channels]).toEqual([[], 0])
  })

  test('a fault is told by a trace id alone, and the log has the cause', async () => {
    const cause = new Error('secret')
    const world = worldOf({ feature: { join: () => Promise.reject(cause) } })
    await world.say('1', '1', room, 'phx_join', {})
    const [fault] = world.faults
    expect(fault?.cause).toBe(cause)
    expect(JSON.stringify(world.heard)).toContain(`trace id ${fault?.traceId}`)
    expect(JSON.stringify(world.heard)).not.toContain('secret')
  })

  test('more channels than the limit are refused, those that are still joining among them', async () => {
    const world = worldOf({ limits: { channelsPerSocket: 2 } })
    for (const ref of ['1', '2', '3']) {
      world.conversation.hear(Buffer.from(JSON.stringify([ref, ref, `realtime:${ref}`, 'phx_join', {}])), false)
    }
    await settle()
    expect(world.heard).toHaveLength(3)
    expect(world.heard).toContainEqual([
      '3',
      '3',
      'realtime:3',
      'phx_reply',
      error('ChannelRateLimitReached: Too many channels'),
    ])
    expect(world.counts.channels).toBe(2)
  })

  test('too often is refused, and the socket closed', async () => {
    const world = worldOf({ limits: { joinsPerSecond: 1 } })
    for (let time = 0; time < 60; time += 1) await world.say('1', '1', room, 'phx_join', {})
    expect(world.closings).toEqual([])
    await world.say('2', '2', room, 'phx_join', {})
    const reason = 'ClientJoinRateLimitReached: Too many joins per second'
    expect(world.heard.at(-1)).toEqual(['2', '2', room, 'phx_reply', error(reason)])
    expect(world.closings).toEqual([[1008, 'Too many joins per second']])
  })

  test('a socket that goes meanwhile leaves nothing behind', async () => {
    const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>()
    const world = worldOf({ feature: { join: () => promise } })
    await world.say('1', '1', room, 'phx_join', {})
    world.conversation.closed()
    resolve({})
    await settle()
    expect([world.story, world.heard, world.counts.channels]).toEqual([[`left ${room}`], [], 0])
  })
})

describe('who may join', () => {
  test('a token of the user’s own stands for her, an opaque key for nobody', async () => {
    const world = worldOf({ key: identityOf('key') })
    await world.say('1', '1', 'realtime:a', 'phx_join', { access_token: 'eve' })
    await world.say('2', '2', 'realtime:b', 'phx_join', { access_token: 'sb_publishable_x' })
    expect(world.channels.map(({ identity }) => identity.subject)).toEqual(['eve', 'key'])
  })

  test('a token that is not true is refused by what is wrong with it', async () => {
    const refusal = new Refusal('token.malformed', { parts: 1 })
    const world = worldOf({ verify: () => Promise.reject(refusal) })
    await world.say('1', '1', room, 'phx_join', { access_token: 'nonsense' })
    expect(world.heard[0]).toEqual([
      '1',
      '1',
      room,
      'phx_reply',
      error('MalformedJWT: The token provided is not a valid JWT'),
    ])
  })

  test('a token that never ends is refused', async () => {
    const world = worldOf({ verify: async () => ({ ...identityOf('eve'), via: 'token' }) })
    await world.say('1', '1', room, 'phx_join', { access_token: 'eve' })
    const reason = 'InvalidJWTToken: Fields `role` and `exp` are required in JWT'
    expect(world.heard[0]).toEqual(['1', '1', room, 'phx_reply', error(reason)])
  })

  test('a token that has expired longer ago than the grace is refused, though the verifier takes it', async () => {
    const world = worldOf({ config: { tokenGrace: 5 }, verify: async () => identityOf('eve', 1_800_000_000 - 7) })
    await world.say('1', '1', room, 'phx_join', { access_token: 'eve' })
    expect(world.heard[0]).toEqual([
      '1',
      '1',
      room,
      'phx_reply',
      error('InvalidJWTToken: Token has expired 7 seconds ago'),
    ])
  })

  test('a public channel is refused where the project takes private ones only', async () => {
    const world = worldOf({ config: { privateOnly: true } })
    await world.say('1', '1', room, 'phx_join', {})
    const reason = 'PrivateOnly: This project only allows private channels'
    expect(world.heard[0]).toEqual(['1', '1', room, 'phx_reply', error(reason)])
  })

  const closed = { read: false, write: false }
  const open = { read: true, write: true }

  test('a refusal says what to change, where refusals are explained, as it reads behind a comma', async () => {
    const world = worldOf({ explain: true })
    await world.say('1', '1', room, 'phx_join', { config: { private: true } })
    const reason = 'Unauthorized: You do not have permissions to read from this Channel topic: room'
    const hint = 'let authenticated in'
    expect(world.heard[0]).toEqual(['1', '1', room, 'phx_reply', { status: 'error', response: { reason, hint } }])
    expect(world.facts).toEqual([
      {
        what: 'join refused',
        whose: 'connection',
        topic: room,
        role: 'authenticated',
        right: 'read',
        code: 'realtime.unauthorized',
        reason: 'You do not have permissions to read from this Channel topic: room',
      },
    ])
  })

  test.each([
    ['nobody can be asked', undefined],
    ['the policies let nothing be read', async () => ({ broadcast: closed, presence: closed })],
  ])('a private channel is refused where %s', async (_what, authorize) => {
    const world = worldOf(authorize === undefined ? {} : { authorize })
    await world.say('1', '1', room, 'phx_join', { config: { private: true } })
    const reason = 'Unauthorized: You do not have permissions to read from this Channel topic: room'
    expect(world.heard[0]).toEqual(['1', '1', room, 'phx_reply', error(reason)])
  })

  test('a private channel is asked for by topic and headers, and has what the policies give', async () => {
    const asked: unknown[] = []
    const access = { broadcast: open, presence: closed }
    const world = worldOf({ authorize: async (...args) => (asked.push(args), access) })
    await world.say('1', '1', room, 'phx_join', { config: { private: true }, access_token: 'eve' })
    expect(asked).toEqual([[identityOf('eve'), 'room', '{"x-from":"test"}']])
    expect(world.channels[0]?.access).toBe(access)
  })
})

describe('on a channel', () => {
  test('an event is answered by its feature', async () => {
    const world = worldOf()
    await world.say('1', '1', room, 'phx_join', {})
    await world.say('1', '2', room, 'shout', { loud: true })
    expect(world.heard[1]).toEqual(['1', '2', room, 'phx_reply', ok({ echo: { loud: true } })])
  })

  test('answers name what they answer as it was sent: a number, or nothing', async () => {
    const world = worldOf()
    await world.say(1, 1, room, 'phx_join', {})
    await world.say(1, null, room, 'shout', 'x')
    await world.say(1, 2, room, 'phx_leave', {})
    expect(world.heard).toEqual([
      [1, 1, room, 'phx_reply', ok({ postgres_changes: [], welcome: 'room' })],
      [1, null, room, 'phx_reply', ok({ echo: 'x' })],
      [1, 2, room, 'phx_reply', ok({})],
      [1, 1, room, 'phx_close', {}],
    ])
  })

  test.each([
    ['a topic that is not joined', 'realtime:other', 'shout', 'unmatched topic'],
    ['a heartbeat under another name', 'phoenix', 'shout', 'unmatched topic'],
  ])('%s is refused', async (_what, topic, event, reason) => {
    const world = worldOf()
    await world.say('1', '1', room, 'phx_join', {})
    await world.say('1', '2', topic, event, {})
    expect(world.heard[1]).toEqual(['1', '2', topic, 'phx_reply', error(reason)])
  })

  test('an event that nothing answers is passed over, as upstream', async () => {
    const world = worldOf()
    await world.say('1', '1', room, 'phx_join', {})
    await world.say('1', '2', room, 'dance', {})
    await world.say('1', '3', room, 'shout', 'x')
    expect(world.heard.slice(1)).toEqual([['1', '3', room, 'phx_reply', ok({ echo: 'x' })]])
    expect(world.refusals).toEqual([])
  })

  test('a refusal of the feature is the answer', async () => {
    const refusal = new Refusal('realtime.payload-too-large', { limit: 9 })
    const world = worldOf({ feature: { receive: () => Promise.reject(refusal) } })
    await world.say('1', '1', room, 'phx_join', {})
    await world.say('1', '2', room, 'shout', {})
    expect(world.heard[1]).toEqual(['1', '2', room, 'phx_reply', error('payload_size_exceeded')])
  })

  test.each([
    ['at once', () => failing()],
    ['later', () => Promise.reject(new Error('broken'))],
  ])('what a feature breaks %s ends its channel and nothing else', async (_when, receive) => {
    const world = worldOf({ feature: { receive } })
    await world.say('1', '1', room, 'phx_join', {})
    await world.say('2', '2', 'realtime:b', 'phx_join', {})
    await world.say('1', '3', room, 'shout', {})
    const [fault] = world.faults
    expect(world.heard).toContainEqual(['1', '1', room, 'phx_error', { trace_id: fault?.traceId }])
    expect([world.story.at(-1), world.counts.channels, world.closings]).toEqual([`left ${room}`, 1, []])
  })

  test('what comes behind something slow waits for it, and other topics do not', async () => {
    const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>()
    const world = worldOf({ feature: { join: ({ subtopic }) => (subtopic === 'room' ? promise : {}) } })
    await world.say('1', '1', room, 'phx_join', {})
    await world.say('1', '2', room, 'shout', 'hello')
    await world.say('3', '3', 'realtime:b', 'phx_join', {})
    expect(world.heard.map((message) => (message as unknown[])[1])).toEqual(['3'])
    resolve({})
    await settle()
    expect(world.heard.map((message) => (message as unknown[])[1])).toEqual(['3', '1', '2'])
  })

  test('a client that says more than can wait is not read from until it is its turn', async () => {
    const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>()
    const world = worldOf({ feature: { join: () => promise } })
    await world.say('1', '1', room, 'phx_join', {})
    for (let time = 0; time < 120; time += 1) await world.say('1', `${time}`, room, 'shout', {})
    expect(world.pauses).toEqual(['pause'])
    resolve({})
    await settle()
    expect(world.pauses).toEqual(['pause', 'resume'])
    expect(world.heard).toHaveLength(121)
  })

  test('a client that joins more topics than it has answers for is not read from, either', async () => {
    const { promise, resolve } = Promise.withResolvers<Record<string, unknown>>()
    const world = worldOf({ feature: { join: () => promise } })
    for (let time = 0; time < 100; time += 1) await world.say('1', `${time}`, `realtime:${time}`, 'phx_join', {})
    expect(world.pauses).toEqual(['pause'])
    resolve({})
    await settle()
    expect([world.pauses, world.heard.length]).toEqual([['pause', 'resume'], 100])
  })

  test('too many messages end it and say so', async () => {
    const world = worldOf({ limits: { messagesPerSecond: 1 } })
    await world.say('1', '1', room, 'phx_join', {})
    for (let time = 0; time < 60; time += 1) await world.say('1', 'x', room, 'shout', {})
    const message = 'Too many messages per second'
    expect(world.heard.slice(-2)).toEqual([
      ['1', null, room, 'system', { extension: 'system', status: 'error', message, channel: 'room' }],
      ['1', '1', room, 'phx_close', {}],
    ])
    expect(world.refusals).toEqual(['realtime.too-many-messages'])
  })
})

describe('a join', () => {
  test.each([
    ['of a long topic', `realtime:${'x'.repeat(1024)}`, {}, 'A topic has at most 1024 characters'],
    ['that is large', room, { config: { x: 'x'.repeat(524_288) } }, 'A join has at most 524288 bytes'],
  ])('%s is refused, as the channel would keep it', async (_what, topic, payload, reason) => {
    const world = worldOf()
    await world.say('1', '1', topic, 'phx_join', payload)
    expect(world.heard[0]).toMatchObject([
      '1',
      '1',
      topic,
      'phx_reply',
      { status: 'error', response: { reason: `MalformedMessage: ${reason}` } },
    ])
    expect(world.counts.channels).toBe(0)
  })
})

describe('leaving', () => {
  test('is answered, then the channel closes', async () => {
    const world = worldOf()
    await world.say('1', '1', room, 'phx_join', {})
    await world.say('1', '2', room, 'phx_leave', {})
    expect(world.heard.slice(1)).toEqual([
      ['1', '2', room, 'phx_reply', ok({})],
      ['1', '1', room, 'phx_close', {}],
    ])
    expect(world.story.at(-1)).toBe(`left ${room}`)
  })

  test('what is not joined is answered alike', async () => {
    const world = worldOf()
    await world.say('1', '1', room, 'phx_leave', {})
    expect(world.heard).toEqual([['1', '1', room, 'phx_reply', ok({})]])
  })

  test('an earlier join does not end a later one', async () => {
    const world = worldOf()
    await world.say('2', '2', room, 'phx_join', {})
    await world.say('1', '3', room, 'phx_leave', {})
    expect([world.heard.length, world.counts.channels]).toEqual([2, 1])
  })

  test('with the socket leaves every channel, once', async () => {
    const world = worldOf()
    for (const topic of ['realtime:a', 'realtime:b']) await world.say('1', '1', topic, 'phx_join', {})
    world.conversation.closed()
    world.channels[0]?.end('too late')
    expect(world.story.slice(-2)).toEqual(['left realtime:a', 'left realtime:b'])
    expect([world.heard.length, world.counts.channels]).toEqual([2, 0])
  })

  test('one feature that breaks does not keep the others from hearing', async () => {
    const world = worldOf({ feature: { left: failing } })
    await world.say('1', '1', room, 'phx_join', {})
    world.conversation.closed()
    expect([world.faults.length, world.counts.channels]).toEqual([1, 0])
  })
})

test('a heartbeat is answered', async () => {
  const world = worldOf()
  await world.say(null, '9', 'phoenix', 'heartbeat', {})
  expect(world.heard).toEqual([[null, '9', 'phoenix', 'phx_reply', ok({})]])
})

test('what is no message is refused, and what comes after it is heard', async () => {
  const world = worldOf()
  world.conversation.hear(Buffer.from('{'), false)
  await world.say(null, '9', 'phoenix', 'heartbeat', {})
  expect(world.heard).toEqual([
    [null, null, 'phoenix', 'phx_reply', error('MalformedMessage: The message is not JSON')],
    [null, '9', 'phoenix', 'phx_reply', ok({})],
  ])
  expect(world.closings).toEqual([])
})

test('what breaks outside a channel closes the socket', async () => {
  const world = worldOf()
  const { connection } = world.conversation
  connection.send = failing
  await world.say(null, '9', 'phoenix', 'heartbeat', {})
  const [fault] = world.faults
  expect(world.closings).toEqual([[1011, `Fault: something broke here (trace id ${fault?.traceId})`]])
})

function failing(): never {
  throw new Error('broken')
}
