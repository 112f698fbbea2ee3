import { describe, expect, it } from 'vitest'

import { channelOf, type KeptChannel } from '../broadcast/channel-of.test-support.ts'
import type { JoinConfig } from '../channels/join-config.ts'
import type { FeedState } from '../changes/change.ts'
import { createMessagesFeature } from './messages-feature.ts'
import { ReplayedIds } from './replay/replayed-ids.ts'
import type { StoredMessage } from './stored-message.ts'

const live: FeedState = { kind: 'live', by: 'own-slot' }

function setup(state: FeedState = live) {
  const feed = { now: state, begins: Promise.withResolvers<void>(), asked: 0 }
  const reading = Promise.withResolvers<readonly StoredMessage[]>()
  const replayedIds = new ReplayedIds()
  const feature = createMessagesFeature({
    readReplay: async () => await reading.promise,
    replayedIds,
    feed: {
      state: () => feed.now,
      live: async () => {
        feed.asked += 1
        await feed.begins.promise
      },
    },
  })
  return { feed, reading, replayedIds, feature }
}

function privateChannel(
  broadcast: Partial<JoinConfig['broadcast']> = {},
  wishes: Parameters<typeof channelOf>[0] = {},
): KeptChannel & { readonly notices: string[] } {
  const channel = channelOf({ isPrivate: true, vsn: '1.0.0', ...wishes })
  const notices: string[] = []
  const config = { ...channel.config, broadcast: { ...channel.config.broadcast, ...broadcast } }
  return { ...channel, config, notices, notice: (...words) => void notices.push(words.join(' ')) }
}

const message = (id: string, payload: string | Buffer = '{"n": 1}'): StoredMessage => ({
  id,
  topic: 'room',
  event: 'news',
  payload,
  isPrivate: true,
})

/** What a client of 1.0.0 hears; frames of these tests are short enough for two or four bytes of header. */
function heard({ connection }: KeptChannel): unknown[] {
  return connection.sent.map((frame) => JSON.parse(frame.subarray(frame[1] === 126 ? 4 : 2).toString()) as unknown)
}

const replay = { since: 0, limit: 25 }

const said = (id: string) => ({
  topic: 'realtime:room',
  event: 'broadcast',
  payload: { type: 'broadcast', event: 'news', payload: { n: 1 }, meta: { replayed: true, id } },
  ref: null,
})

describe('replay', () => {
  it('comes after the join, in its order, and says so', async () => {
    const { feature, reading } = setup()
    const channel = privateChannel({ replay })
    reading.resolve([message('1'), message('2')])
    await feature.join(channel)
    expect(heard(channel)).toEqual([])
    feature.joined?.(channel)
    expect(heard(channel)).toEqual([said('1'), said('2')])
  })

  it('passes over bytes where the serializer has no form for them', async () => {
    const { feature, reading } = setup()
    const [old, recent] = [privateChannel({ replay }), privateChannel({ replay }, { vsn: '2.0.0' })]
    reading.resolve([message('1', Buffer.of(0, 255))])
    for (const channel of [old, recent]) {
      await feature.join(channel)
      feature.joined?.(channel)
    }
    expect([old, recent].map(({ connection }) => connection.sent.length)).toEqual([0, 1])
  })

  it('leaves out what was heard live meanwhile, and what was replayed is not told again', async () => {
    const { feature, reading, replayedIds } = setup()
    const channel = privateChannel({ replay })
    const joining = feature.join(channel)
    expect(replayedIds.wasReplayed(channel, 'live')).toBe(false)
    reading.resolve([message('live'), message('before')])
    await joining
    feature.joined?.(channel)
    expect(heard(channel)).toHaveLength(1)
    expect(['live', 'before', 'before', 'later'].map((id) => replayedIds.wasReplayed(channel, id))).toEqual([
      false,
      true,
      false,
      false,
    ])
    feature.left(channel)
  })

  it('is refused to a public channel, and to whoever may not read broadcasts', async () => {
    const { feature } = setup()
    const open = privateChannel({ replay }, { isPrivate: false })
    await expect(feature.join(open)).rejects.toMatchObject({
      code: 'realtime.replay-impossible',
      detail: { reason: 'Replay is not allowed for public channels' },
    })
    const access = { broadcast: { read: false, write: true }, presence: { read: true, write: true } }
    await expect(feature.join(privateChannel({ replay }, { access }))).rejects.toMatchObject({
      code: 'realtime.unauthorized',
    })
  })
})

describe('the feed of changes', () => {
  it('begins with the first join, which waits for it', async () => {
    const { feature, feed } = setup({ kind: 'idle' })
    let joined = 0
    const joins = [privateChannel(), privateChannel()].map(async (channel) => {
      await feature.join(channel)
      joined += 1
    })
    expect([feed.asked, joined]).toEqual([1, 0])
    feed.begins.resolve()
    await Promise.all(joins)
    feed.now = live
    await feature.join(privateChannel())
    expect(feed.asked).toBe(1)
  })

  it('holds up no join while it cannot be had', async () => {
    const { feature, feed } = setup({ kind: 'unavailable', reason: 'no right', grant: null })
    await feature.join(privateChannel())
    expect(feed.asked).toBe(0)
  })

  it('is waited for once where it does not come, and again after it has been there', async () => {
    const { feature, feed } = setup({ kind: 'waiting', reason: 'Postgres is away' })
    feed.begins.reject(new Error('not yet'))
    for (const state of [feed.now, feed.now, live, feed.now]) {
      feed.now = state
      await feature.join(privateChannel())
    }
    expect(feed.asked).toBe(2)
  })

  it('that cannot begin refuses no join', async () => {
    const { feature, feed } = setup({ kind: 'idle' })
    const joining = feature.join(privateChannel())
    feed.begins.reject(new Error('no right'))
    expect(await joining).toEqual({})
  })
})

describe('replication_ready', () => {
  it('is told once changes arrive', async () => {
    const { feature, feed } = setup()
    const channel = privateChannel({ replicationReady: true })
    await feature.join(channel)
    feature.joined?.(channel)
    expect(channel.notices).toEqual([])
    feed.begins.resolve()
    await expect.poll(() => channel.notices).toEqual(['system ok Replication connection established'])
  })

  it('ends the channel where they cannot be had, as upstream', async () => {
    const { feature, feed } = setup()
    const channel = privateChannel({ replicationReady: true })
    await feature.join(channel)
    feature.joined?.(channel)
    feed.begins.reject(new Error('no right'))
    await expect.poll(() => channel.ended).toEqual(['Replication connection was not established in time'])
  })

  it('is not told to a channel that has left', async () => {
    const { feature, feed } = setup()
    const [gone, there] = [privateChannel({ replicationReady: true }), privateChannel({ replicationReady: true })]
    for (const channel of [gone, there]) {
      await feature.join(channel)
      feature.joined?.(channel)
    }
    feature.left(gone)
    feed.begins.resolve()
    await expect.poll(() => there.notices).toHaveLength(1)
    expect(gone.notices).toEqual([])
  })
})
