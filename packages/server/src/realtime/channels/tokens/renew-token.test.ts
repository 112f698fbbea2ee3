import { expect, test } from 'vitest'

import { Refusal } from '../../../refusal/refusal.ts'
import type { ChannelAccess } from '../../access/channel-access.ts'
import { identityOf, START, worldOf, type World } from '../conversation.test-support.ts'

const room = 'realtime:room'
/** Clerk's live 60 seconds. */
const minute = identityOf('eve', START + 60)

/** Tokens by name; each identity is the same object each time, as the verifier's are. */
const people = {
  first: minute,
  second: identityOf('eve', START + 120),
  other: identityOf('mallory', START + 120),
  old: identityOf('eve', START - 31),
}

async function verify(token: string) {
  if (token === '') throw new Refusal('token.empty', {})
  const found = Object.entries(people).find(([name]) => name === token)
  if (found === undefined) throw new Refusal('token.signature-invalid', { issuer: null, keyId: null })
  return found[1]
}

async function joined(wishes: Parameters<typeof worldOf>[0] = {}): Promise<World> {
  const world = worldOf({ verify, ...wishes })
  await world.say('1', '1', room, 'phx_join', {
    access_token: 'first',
    config: { private: wishes.authorize !== undefined },
  })
  return world
}

const ended = (message: string) => [
  ['1', null, room, 'system', { extension: 'system', status: 'error', message, channel: 'room' }],
  ['1', '1', room, 'phx_close', {}],
]

test('a channel outlives its token by the grace, and no longer', async () => {
  const world = await joined()
  world.pass(89)
  expect(world.heard).toHaveLength(1)
  world.pass(1)
  expect(world.heard.slice(1)).toEqual(ended('Token has expired 30 seconds ago'))
  expect([world.story.at(-1), world.counts.channels]).toEqual([`left ${room}`, 0])
  expect(world.facts).toEqual([
    {
      what: 'channel ended',
      whose: 'connection',
      topic: room,
      role: 'authenticated',
      code: 'token.expired',
      reason: 'Token has expired 30 seconds ago',
    },
  ])
})

test('another token lets it live on, without an answer', async () => {
  const world = await joined()
  world.pass(80)
  await world.say('1', '2', room, 'access_token', { access_token: 'second' })
  expect([world.heard.length, world.story.at(-1)]).toEqual([1, 'renewed as eve'])
  world.pass(69)
  expect(world.heard).toHaveLength(1)
  world.pass(1)
  expect(world.heard.slice(1)).toEqual(ended('Token has expired 30 seconds ago'))
})

test('a clock that jumps ends what fell due meanwhile', async () => {
  const world = await joined()
  world.pass(3600)
  expect(world.heard.slice(1)).toEqual(ended('Token has expired 3540 seconds ago'))
})

test.each([['first'], [null], ['sb_publishable_x'], [7]])('%j changes nothing', async (token) => {
  const world = await joined()
  await world.say('1', '2', room, 'access_token', { access_token: token })
  await world.say('1', '3', room, 'access_token', token)
  expect([world.heard.length, world.story]).toEqual([1, [`join ${room}`, `joined ${room}`]])
})

test.each([
  ['forged', 'Failed to validate JWT signature'],
  ['old', 'Token has expired 31 seconds ago'],
  ['', 'The token provided is not a valid JWT'],
])('a token that is %j ends the channel by name', async (token, message) => {
  const world = await joined()
  await world.say('1', '2', room, 'access_token', { access_token: token })
  expect(world.heard.slice(1)).toEqual(ended(message))
})

test('somebody else’s token makes it somebody else’s channel', async () => {
  const world = await joined()
  await world.say('1', '2', room, 'access_token', { access_token: 'other' })
  expect(world.channels[0]?.identity.subject).toBe('mallory')
})

const both = { read: true, write: true }
const none = { read: false, write: false }

test.each([
  [
    'everything',
    { broadcast: none, presence: none },
    'You do not have permissions to read from this Channel topic: room',
  ],
  [
    'presence',
    { broadcast: both, presence: none },
    'You no longer have permission to read from this Channel topic: room',
  ],
])('a token that may no longer read %s ends it', async (_what, later: ChannelAccess, message) => {
  const answers: ChannelAccess[] = [{ broadcast: both, presence: both }, later]
  const world = await joined({ authorize: async () => answers.shift() ?? later })
  await world.say('1', '2', room, 'access_token', { access_token: 'other' })
  expect(world.heard.slice(1)).toEqual(ended(message))
})

test('a token that may do more has more', async () => {
  const answers: ChannelAccess[] = [{ broadcast: both, presence: none }]
  const more = { broadcast: both, presence: both }
  const world = await joined({ authorize: async () => answers.shift() ?? more })
  await world.say('1', '2', room, 'access_token', { access_token: 'second' })
  expect(world.channels[0]?.access).toBe(more)
})

test('a feature that breaks over another token ends the channel as a fault', async () => {
  const world = await joined({ feature: { renewed: () => Promise.reject(new Error('broken')) } })
  await world.say('1', '2', room, 'access_token', { access_token: 'second' })
  expect(world.heard.slice(1)).toEqual([['1', '1', room, 'phx_error', { trace_id: world.faults[0]?.traceId }]])
})
