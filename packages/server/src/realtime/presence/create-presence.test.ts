import { describe, expect, it } from 'vitest'

import { publicAccess } from '../access/channel-access.ts'
import { openProcess } from './testing/present-channel.test-support.ts'

const access = (read: boolean, write: boolean) => ({ ...publicAccess, presence: { read, write } })

const ok = { status: 'ok', response: {} }

describe('a channel that joined with presence', () => {
  it('is told who is there, and then of whoever comes, changes and goes', async () => {
    const { join, clock } = openProcess()
    const watcher = await join()
    const alice = await join({ key: 'alice' })
    expect(await alice.track({ mood: 'calm' })).toEqual(ok)
    clock.pass(50)
    expect(await alice.track({ mood: 'wild' })).toEqual(ok)
    clock.pass(50)
    alice.leave()
    expect(watcher.heard).toEqual([
      { event: 'presence_state', payload: {} },
      {
        event: 'presence_diff',
        payload: { joins: { alice: { metas: [{ mood: 'calm', phx_ref: expect.any(String) }] } }, leaves: {} },
      },
      {
        event: 'presence_diff',
        payload: {
          joins: {
            alice: { metas: [{ mood: 'wild', phx_ref: expect.any(String), phx_ref_prev: expect.any(String) }] },
          },
          leaves: { alice: { metas: [{ mood: 'calm', phx_ref: expect.any(String) }] } },
        },
      },
      { event: 'presence_diff', payload: { joins: {}, leaves: { alice: { metas: [expect.anything()] } } } },
    ])
  })

  it('finds those who were there before it', async () => {
    const { join } = openProcess()
    const alice = await join({ key: 'alice' })
    await alice.track({ mood: 'calm' })
    const late = await join()
    expect(late.view.state()).toEqual({ alice: [{ mood: 'calm' }] })
  })

  it('hears of itself as everybody does', async () => {
    const { join } = openProcess()
    const alice = await join({ key: 'alice' })
    await alice.track({ mood: 'calm' })
    expect(alice.view.state()).toEqual({ alice: [{ mood: 'calm' }] })
  })

  it('hears nothing of other topics, nor of the private topic of the same name', async () => {
    const { join } = openProcess()
    const watcher = await join()
    await (await join({ subtopic: 'elsewhere' })).track({})
    await (await join({ isPrivate: true })).track({})
    expect(watcher.heard).toEqual([{ event: 'presence_state', payload: {} }])
  })
})

describe('a key', () => {
  it('has one meta for each channel that is tracked under it', async () => {
    const { join, clock } = openProcess()
    const watcher = await join()
    const [phone, laptop] = [await join({ key: 'alice' }), await join({ key: 'alice' })]
    await phone.track({ on: 'phone' })
    await laptop.track({ on: 'laptop' })
    clock.pass(50)
    expect(watcher.view.state()).toEqual({ alice: [{ on: 'phone' }, { on: 'laptop' }] })
    phone.leave()
    clock.pass(50)
    expect(watcher.view.state()).toEqual({ alice: [{ on: 'laptop' }] })
  })

  it.each(['__proto__', 'constructor', 'toString', 'a b', 'ключ'])('may be %j', async (key) => {
    const { join } = openProcess()
    const watcher = await join()
    await (await join({ key })).track({ mood: 'calm' })
    expect(JSON.stringify(watcher.heard.at(-1)?.payload)).toMatch(
      `{"joins":{${JSON.stringify(key)}:{"metas":[{"mood":"calm","phx_ref":`,
    )
  })
})

describe('tracking', () => {
  it('what is shown already is answered and told to nobody', async () => {
    const { join, clock } = openProcess()
    const alice = await join({ key: 'alice' })
    await alice.track({ at: { x: 1, y: 2 } })
    clock.pass(50)
    expect(await alice.track({ at: { y: 2, x: 1 } })).toEqual(ok)
    clock.pass(50)
    expect(alice.heard.length).toBe(2)
  })

  it('without a payload shows an empty one', async () => {
    const { join } = openProcess()
    const alice = await join({ key: 'alice' })
    expect(await alice.ask({ type: 'presence', event: 'TRACK' })).toEqual(ok)
    expect(alice.view.state()).toEqual({ alice: [{}] })
  })

  it('switches presence on for a channel that joined without it', async () => {
    const { join, clock } = openProcess()
    await (await join({ key: 'alice' })).track({ mood: 'calm' })
    clock.pass(50)
    const bob = await join({ key: 'bob', enabled: false })
    expect(bob.heard).toEqual([])
    await bob.track({ mood: 'wild' })
    expect(bob.heard.map(({ event }) => event)).toEqual(['presence_state', 'presence_diff'])
    expect(bob.view.state()).toEqual({ alice: [{ mood: 'calm' }], bob: [{ mood: 'wild' }] })
  })

  it('cannot pass for another member by fields of the payload', async () => {
    const { join } = openProcess()
    const alice = await join({ key: 'alice' })
    await alice.track({ phx_ref: 'mine', phx_ref_prev: 'theirs' })
    expect(alice.heard.at(-1)?.payload).toMatchObject({
      joins: { alice: { metas: [{ phx_ref: expect.stringMatching(/^ref-/) }] } },
    })
    expect(JSON.stringify(alice.heard)).not.toContain('theirs')
  })

  it('ends with untrack, which an untracked channel may say too', async () => {
    const { join, clock } = openProcess()
    const alice = await join({ key: 'alice' })
    expect(await alice.untrack()).toEqual(ok)
    await alice.track({})
    clock.pass(50)
    expect(await alice.untrack()).toEqual(ok)
    expect(alice.view.state()).toEqual({})
  })
})

describe('under load', () => {
  it('sends the first change at once and merges the following ones of 50 ms into one diff', async () => {
    const { join, clock } = openProcess()
    const watcher = await join()
    for (let index = 0; index < 100; index++) await (await join({ key: `k${index}`, enabled: false })).track({ index })
    expect(watcher.heard.length).toBe(2)
    clock.pass(50)
    expect(watcher.heard.length).toBe(3)
    expect(Object.keys(watcher.view.state()).length).toBe(100)
  })

  it('tells a payload that changed several times as one change from what was last seen', async () => {
    const { join, clock } = openProcess()
    const alice = await join({ key: 'alice' })
    for (const step of [1, 2, 3, 4]) await alice.track({ step })
    const [seen] = alice.view.refs()
    clock.pass(50)
    expect(alice.heard.at(-1)?.payload).toMatchObject({
      joins: { alice: { metas: [{ step: 4, phx_ref_prev: seen }] } },
      leaves: { alice: { metas: [{ step: 1, phx_ref: seen }] } },
    })
  })

  it('says nothing of whoever came and went between two diffs', async () => {
    const { join, clock } = openProcess()
    const watcher = await join()
    await (await join({ key: 'alice' })).track({})
    const passing = await join({ key: 'bob', enabled: false })
    await passing.track({})
    passing.leave()
    clock.pass(50)
    expect(JSON.stringify(watcher.heard)).not.toContain('bob')
  })

  it('shows a newcomer nothing twice', async () => {
    const { join, clock } = openProcess()
    await (await join({ key: 'alice' })).track({})
    await (await join({ key: 'bob' })).track({})
    const newcomer = await join()
    expect(newcomer.view.state()).toEqual({ alice: [{}] })
    clock.pass(50)
    expect(newcomer.view.state()).toEqual({ alice: [{}], bob: [{}] })
  })
})

it.each([[{}], [null], [[]], [{ payload: {} }]])(
  'a message without an event is answered and does nothing: %j',
  async (said) => {
    const { join } = openProcess()
    const alice = await join({ key: 'alice' })
    await alice.track({})
    expect(await alice.ask(said)).toEqual(ok)
    expect((await join()).view.state()).toEqual({ alice: [{}] })
  },
)

describe('what is refused', () => {
  it.each([[[]], ['text'], [7], [null]])('a payload that is no object: %j', async (payload) => {
    const { join } = openProcess()
    await expect((await join()).track(payload)).rejects.toMatchObject({
      code: 'realtime.presence-malformed',
      detail: { reason: 'Presence track payload must be a map' },
    })
  })

  it.each([{ event: 'dance' }, { event: 7 }])(
    'a message whose event is neither track nor untrack: %j',
    async (said) => {
      const { join } = openProcess()
      await expect((await join()).ask(said)).rejects.toMatchObject({ code: 'realtime.presence-malformed' })
    },
  )

  it('a payload that is nested without end', async () => {
    const { join } = openProcess()
    const deep: unknown = JSON.parse('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000))
    await expect((await join()).track(deep)).rejects.toMatchObject({ code: 'realtime.presence-malformed' })
  })

  it('more than could be sent to whoever joins, but not a change that leaves less', async () => {
    const { join } = openProcess({ limits: { waitingBytes: 2000 } })
    const first = await join({ key: 'a' })
    await first.track({ text: 'x'.repeat(1200) })
    await expect((await join({ key: 'b' })).track({ text: 'x'.repeat(200) })).rejects.toMatchObject({
      code: 'realtime.too-much-presence',
    })
    await first.track({ text: 'x'.repeat(1000) })
    await (await join({ key: 'c' })).track({ text: 'x'.repeat(200) })
  })

  it('one key more than a topic may have, but not another channel of a key that is there', async () => {
    const { join } = openProcess({ limits: { presenceKeys: 2 } })
    await (await join({ key: 'a' })).track({})
    await (await join({ key: 'b' })).track({})
    await expect((await join({ key: 'c' })).track({})).rejects.toMatchObject({
      code: 'realtime.too-many-presence-keys',
      detail: { limit: 2 },
    })
    expect(await (await join({ key: 'b' })).track({})).toEqual(ok)
  })

  it('a payload that is too large ends the channel with upstream’s words', async () => {
    const { join } = openProcess({ limits: { presenceBytes: 100 } })
    const alice = await join()
    expect(await alice.track({ text: 'ü'.repeat(60) })).toBe(null)
    expect(alice.ended).toEqual(['Track message size exceeded'])
  })

  it('more tracks than the process takes end the channel, but none that changes nothing', async () => {
    let isReached = false
    const { join } = openProcess({ isRateReached: () => isReached })
    const alice = await join()
    await alice.track({ step: 1 })
    isReached = true
    expect(await alice.track({ step: 1 })).toEqual(ok)
    expect(await alice.track({ step: 2 })).toBe(null)
    expect(alice.ended).toEqual(['Too many presence messages per second'])
  })

  it('one call too many in a channel’s window, where calls are limited', async () => {
    const { join, clock } = openProcess({ limits: { presenceCalls: 2, presenceCallsWindow: 30_000 } })
    const alice = await join()
    for (const step of [1, 2]) await alice.track({ step })
    clock.pass(30_001)
    for (const step of [3, 4]) expect(await alice.track({ step })).toEqual(ok)
    expect(await alice.untrack()).toBe(null)
    expect(alice.ended).toEqual(['Client presence rate limit exceeded'])
  })
})

describe('a private channel', () => {
  it('is told nothing without the right to read, and may still be tracked', async () => {
    const { join } = openProcess()
    const watcher = await join({ isPrivate: true, access: access(true, false) })
    const blind = await join({ isPrivate: true, key: 'blind', access: access(false, true) })
    expect(await blind.track({})).toEqual(ok)
    expect(blind.heard).toEqual([])
    expect(watcher.view.state()).toEqual({ blind: [{}] })
  })

  it('cannot be tracked without the right to write', async () => {
    const { join } = openProcess()
    const watcher = await join({ isPrivate: true, access: access(true, false) })
    await expect(watcher.track({})).rejects.toMatchObject({
      code: 'realtime.write-unauthorized',
      detail: { topic: 'room', role: 'anon' },
    })
    expect(watcher.view.state()).toEqual({})
  })

  it('follows a renewed token that may less', async () => {
    const { join, presence, clock } = openProcess()
    const watcher = await join({ isPrivate: true })
    const alice = await join({ isPrivate: true, key: 'alice' })
    await alice.track({})
    clock.pass(50)
    alice.access = access(false, false)
    await presence.renewed?.(alice)
    expect(watcher.view.state()).toEqual({})
    const heard = alice.heard.length
    await watcher.track({})
    clock.pass(50)
    expect(alice.heard.length).toBe(heard)
  })

  it('follows a renewed token that may read now', async () => {
    const { join, presence } = openProcess()
    await (await join({ isPrivate: true, key: 'alice' })).track({})
    const bob = await join({ isPrivate: true, access: access(false, false) })
    bob.access = access(true, false)
    await presence.renewed?.(bob)
    expect(bob.view.state()).toEqual({ alice: [{}] })
  })
})

it('a channel whose join was refused leaves nothing behind', async () => {
  const { presence, join } = openProcess()
  const channel = await join({ enabled: false })
  presence.left(channel)
  presence.left(channel)
  expect((await join()).view.state()).toEqual({})
})
