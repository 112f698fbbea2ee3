// What the database's messages add to a channel: it hears those that are committed from its join on, and those of before
// where it asks for them. It comes after broadcast among the features, so that the channel is in its room.

import { Refusal } from '../../refusal/refusal.ts'
import { BYTES, JSON_TEXT } from '../broadcast/message/broadcast-message.ts'
import { framesOf } from '../broadcast/message/frames-of.ts'
import type { Channel, Feature } from '../channels/channel.ts'
import type { ChangeFeed } from '../changes/change.ts'
import { createFeedStarter } from './delivery/feed-starter.ts'
import type { ReadReplay } from './replay/read-replay.ts'
import type { ReplayedIds } from './replay/replayed-ids.ts'
import type { StoredMessage } from './stored-message.ts'

interface MessagesDeps {
  readonly readReplay: ReadReplay
  readonly replayedIds: ReplayedIds
  readonly feed: Pick<ChangeFeed, 'live' | 'state'>
}

/** How long the first join may wait for the feed to begin. Milliseconds. */
const PATIENCE = 2000
const NOTHING = {}

/** Refuses with `realtime.replay-impossible` and `realtime.unauthorized`. */
export function createMessagesFeature({ readReplay, replayedIds, feed }: MessagesDeps): Feature {
  const startFeed = createFeedStarter(feed, PATIENCE)
  const replays = new Map<Channel, readonly StoredMessage[]>()
  const awaiting = new Set<Channel>()
  return {
    events: [],
    async join(channel) {
      const { replay } = channel.config.broadcast
      if (replay === null) {
        await startFeed()
        return NOTHING
      }
      assertReplayable(channel)
      replayedIds.begin(channel)
      await startFeed()
      const { identity, subtopic, connection } = channel
      const { headersJson } = connection
      const messages = await readReplay({ identity, subtopic, headersJson, ...replay })
      replays.set(channel, replayedIds.read(channel, messages))
      return NOTHING
    },
    joined(channel) {
      for (const message of replays.get(channel) ?? []) sendReplayed(channel, message)
      replays.delete(channel)
      if (channel.config.broadcast.replicationReady) tellWhenReady(channel, feed, awaiting)
    },
    left(channel) {
      replays.delete(channel)
      awaiting.delete(channel)
      replayedIds.forget(channel)
    },
  }
}

function assertReplayable({ config, access, subtopic, identity }: Channel): void {
  if (!config.isPrivate) {
    throw new Refusal('realtime.replay-impossible', { reason: 'Replay is not allowed for public channels' })
  }
  if (!access.broadcast.read) throw new Refusal('realtime.unauthorized', { topic: subtopic, role: identity.role })
}

function sendReplayed({ topic, connection }: Channel, { id, event, payload }: StoredMessage): void {
  const isText = typeof payload === 'string'
  const frame = framesOf(topic, {
    kind: 'user',
    event,
    encoding: isText ? JSON_TEXT : BYTES,
    payload: isText ? Buffer.from(payload) : payload,
    metadata: JSON.stringify({ replayed: true, id }),
  }).frameFor(connection.vsn)
  if (frame !== null) connection.send(frame)
}

function tellWhenReady(channel: Channel, feed: MessagesDeps['feed'], awaiting: Set<Channel>): void {
  awaiting.add(channel)
  const ifStillThere = (tell: () => void) => (): void => {
    if (awaiting.delete(channel)) tell()
  }
  feed.live().then(
    ifStillThere(() => channel.notice('system', 'ok', 'Replication connection established')),
    ifStillThere(() => channel.end('Replication connection was not established in time')),
  )
}
