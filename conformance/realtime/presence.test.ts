import { SignJWT } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'

import { type RunningStack, startStack } from '../running-stack.ts'
import { appear, type ClientVersion, type Present, versions } from './presence/present-client.ts'

let stack: RunningStack
const present: Present[] = []

beforeAll(async () => {
  stack = await startStack({ ...project })
})
afterEach(async () => {
  await Promise.all(present.splice(0).map(async (one) => await one[Symbol.asyncDispose]()))
})
afterAll(async () => await stack[Symbol.asyncDispose]())

/** Members of the club may see who is in it; only those with a card are seen. */
const project = {
  files: {
    'supabase/migrations/20260401000000_club.sql': `
      create policy "members look" on realtime.messages for select to authenticated
        using (extension = 'presence' and realtime.topic() = 'club' and (select auth.jwt() ->> 'club') is not null);
      create policy "card holders show themselves" on realtime.messages for insert to authenticated
        with check (extension = 'presence' and realtime.topic() = 'club' and (select auth.jwt() ->> 'club') = 'card');`,
  },
}

type Wishes = Omit<Parameters<typeof appear>[1], 'version' | 'topic'>

async function come(version: ClientVersion, topic: string, wishes: Wishes = {}): Promise<Present> {
  const one = await appear(stack, { version, topic, ...wishes })
  present.push(one)
  return one
}

async function tokenOf(claims: Readonly<Record<string, unknown>>): Promise<string> {
  return await new SignJWT({ role: 'authenticated', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(stack.line('JWT_SECRET')))
}

describe.each(versions)('with realtime-js %s', (version) => {
  const room = (name: string): string => `${name}-${version}`

  test('those who are there are seen, and whoever comes, changes and goes is told of', async () => {
    const alice = await come(version, room('lobby'), { key: 'alice' })
    expect(await alice.channel.track({ mood: 'calm' })).toBe('ok')
    const bob = await come(version, room('lobby'), { key: 'bob' })
    await expect.poll(() => bob.state()).toEqual({ alice: [{ mood: 'calm' }] })
    expect(await bob.channel.track({ mood: 'wild' })).toBe('ok')
    await expect.poll(() => alice.state()).toEqual({ alice: [{ mood: 'calm' }], bob: [{ mood: 'wild' }] })
    await bob.channel.track({ mood: 'tired' })
    await expect.poll(() => alice.state()).toEqual({ alice: [{ mood: 'calm' }], bob: [{ mood: 'tired' }] })
    await bob.channel.unsubscribe()
    await expect.poll(() => alice.state()).toEqual({ alice: [{ mood: 'calm' }] })
    expect(alice.heard.filter(([event]) => event !== 'sync')).toEqual([
      ['join', 'alice', [{ mood: 'calm' }]],
      ['join', 'bob', [{ mood: 'wild' }]],
      ['join', 'bob', [{ mood: 'tired' }]],
      ['leave', 'bob', [{ mood: 'wild' }]],
      ['leave', 'bob', [{ mood: 'tired' }]],
    ])
    expect(alice.heard.at(-1)).toEqual(['sync'])
  })

  test('who untracks is gone and still sees the others', async () => {
    const [alice, bob] = [await come(version, room('untrack'), { key: 'alice' }), await come(version, room('untrack'))]
    await alice.channel.track({})
    await bob.channel.track({})
    await expect.poll(() => Object.keys(alice.state()).length).toBe(2)
    expect(await alice.channel.untrack()).toBe('ok')
    await expect.poll(() => 'alice' in alice.state()).toBe(false)
    await expect.poll(() => Object.keys(bob.state())).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)])
  })

  test('a socket that dies without a word takes its member along', async () => {
    const [alice, bob] = [await come(version, room('death')), await come(version, room('death'), { key: 'bob' })]
    await bob.channel.track({})
    await expect.poll(() => 'bob' in alice.state()).toBe(true)
    bob.die()
    await expect.poll(() => alice.heard.find(([event]) => event === 'leave')).toEqual(['leave', 'bob', [{}]])
  })

  test('one person in two tabs is one key, present until the last is closed', async () => {
    const watcher = await come(version, room('tabs'))
    const [first, second] = [
      await come(version, room('tabs'), { key: 'alice' }),
      await come(version, room('tabs'), { key: 'alice' }),
    ]
    await first.channel.track({ tab: 1 })
    await second.channel.track({ tab: 2 })
    await expect.poll(() => watcher.state()).toEqual({ alice: [{ tab: 1 }, { tab: 2 }] })
    await first.channel.unsubscribe()
    await expect.poll(() => watcher.state()).toEqual({ alice: [{ tab: 2 }] })
  })

  test('who only tracks is seen by those who listen', async () => {
    const watcher = await come(version, room('quiet'))
    const quiet = await come(version, room('quiet'), { key: 'quiet', listens: false })
    expect(await quiet.channel.track({})).toBe('ok')
    await expect.poll(() => watcher.state()).toEqual({ quiet: [{}] })
  })

  test('what is no object cannot be shown', async () => {
    const alice = await come(version, room('malformed'))
    expect(await alice.channel.track('text' as unknown as object)).toBe('error')
  })
})

test('clients of every version see each other in one room', async () => {
  const all = await Promise.all(versions.map(async (version) => await come(version, 'mixed', { key: version })))
  await Promise.all(all.map(async ({ channel }, index) => await channel.track({ index })))
  for (const one of all) {
    await expect
      .poll(() => one.state())
      .toEqual({ current: [{ index: 0 }], '2.80': [{ index: 1 }], '2.11': [{ index: 2 }] })
  }
})

describe('a private channel', () => {
  const isPrivate = true

  test('shows its presence to those whom a policy lets read it, and takes in those whom one lets write', async () => {
    const member = await come('current', 'club', { isPrivate, token: await tokenOf({ sub: 'm', club: 'member' }) })
    const holder = await come('current', 'club', {
      isPrivate,
      key: 'holder',
      token: await tokenOf({ sub: 'h', club: 'card' }),
    })
    expect(await holder.channel.track({ seat: 1 })).toBe('ok')
    await expect.poll(() => member.state()).toEqual({ holder: [{ seat: 1 }] })
    expect(await member.channel.track({ seat: 2 })).toBe('error')
    expect(holder.state()).toEqual({ holder: [{ seat: 1 }] })
  })

  test('is not entered by those whom no policy lets read', async () => {
    const stranger = await come('current', 'club', { isPrivate, token: await tokenOf({ sub: 's' }) })
    expect(stranger.statuses).toEqual(['CHANNEL_ERROR'])
  })

  test('of one name with a public one is another room', async () => {
    const outside = await come('current', 'club', { key: 'outside' })
    const inside = await come('current', 'club', {
      isPrivate,
      key: 'in',
      token: await tokenOf({ sub: 'h', club: 'card' }),
    })
    await outside.channel.track({})
    await inside.channel.track({})
    await expect.poll(() => [outside.state(), inside.state()]).toEqual([{ outside: [{}] }, { in: [{}] }])
  })
})
