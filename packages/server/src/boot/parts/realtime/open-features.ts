// What a channel does, one line for each: a feature is opened here with what it needs, and brings the routes it answers
// over HTTP.

import type { FastifyPluginAsync } from 'fastify'
import type { Logger } from 'pino'

import type { ConnectionOptions } from '../../../database/pool/connection-options.ts'
import { shareOf } from '../../../database/pipeline/share-of.ts'
import type { Database } from '../../../database/statement.ts'
import type { Gate } from '../../../identity/create-identify.ts'
import type { Authorize } from '../../../realtime/access/channel-access.ts'
import { createWhyDenied, type WhyDenied } from '../../../realtime/access/denial/why-denied.ts'
import { broadcastApi } from '../../../realtime/broadcast/api/broadcast-api.ts'
import { createBroadcastFeature } from '../../../realtime/broadcast/broadcast-feature.ts'
import { createBroadcaster } from '../../../realtime/broadcast/delivery/broadcaster.ts'
import { createDatabaseDelivery } from '../../../realtime/broadcast/delivery/deliver-from-database.ts'
import { createDeliver, type DeliveryCounts } from '../../../realtime/broadcast/delivery/deliver.ts'
import { createRooms } from '../../../realtime/broadcast/rooms.ts'
import type { Feature } from '../../../realtime/channels/channel.ts'
import type { RealtimeConfig } from '../../../realtime/config.ts'
import type { Bus } from '../../../realtime/fanout/bus.ts'
import type { NoteRefusal } from '../../../realtime/limits/refusal-log.ts'
import type { Rates } from '../../../realtime/limits/rates.ts'
import { ReplayedIds } from '../../../realtime/messages/replay/replayed-ids.ts'
import { type FeedStats, openChangeFeed } from './open-change-feed.ts'
import { openChanges } from './open-changes.ts'
import { openAccess, openMessages } from './open-messages.ts'
import { openPresence } from './open-presence.ts'

/** What features are made of. */
export interface FeatureParts {
  readonly config: RealtimeConfig
  /** Logs in as `loginRole`. */
  readonly database: Database
  readonly loginRole: string
  /** Schemas that the REST door, too, puts behind the one asked for. */
  readonly extraSearchPath: readonly string[]
  /** Logs in as somebody who may replicate. */
  readonly replication: ConnectionOptions
  readonly gate: Gate
  readonly bus: Bus
  /** Tell callers what to change where they are refused. */
  readonly explain: boolean
  readonly rates: Rates
  /** Unix milliseconds. */
  readonly now: () => number
  readonly note: NoteRefusal
  readonly log: Logger
}

export interface OpenFeatures {
  readonly features: readonly Feature[]
  /** Asks the policies on `realtime.messages`; null where nobody can be asked, and private channels are refused. */
  readonly authorize: Authorize | null
  readonly whyDenied: WhyDenied
  /** Below `/realtime/v1`. */
  readonly routes: readonly FastifyPluginAsync[]
  feed(): FeedStats
  readonly counts: DeliveryCounts
  /** After the last channel is gone. */
  close(): Promise<void>
}

/** Connections that joins may take at once, of those that every door shares. */
const JOINS_AT_ONCE = 4

/** Opens the features; a channel runs them in this order. */
export async function openFeatures(parts: FeatureParts): Promise<OpenFeatures> {
  const { config, gate, bus, rates, now, note, explain } = parts
  const { limits } = config
  const reading = openChangeFeed(parts)
  const { feed } = reading
  const joining = shareOf(parts.database, JOINS_AT_ONCE)
  const authorize = openAccess({ ...parts, database: joining, feed })
  const rooms = createRooms()
  const counts: DeliveryCounts = { deliveries: 0 }
  const replayedIds = new ReplayedIds()
  const deliver = createDeliver(rates.messages, counts)
  const broadcaster = createBroadcaster({
    rooms,
    deliver,
    bus,
    wasReplayed: (channel, id) => replayedIds.wasReplayed(channel, id),
  })
  const broadcast = createBroadcastFeature({ rooms, broadcaster, limits, note })
  const messages = openMessages({
    ...parts,
    database: joining,
    feed,
    deliver: createDatabaseDelivery(broadcaster, limits),
    replayedIds,
  })
  const presence = openPresence({ bus, deliver, limits, rate: rates.presence, now })
  const changes = openChanges({ ...parts, joining, feed, deliver })
  const { identify } = gate
  const api = broadcastApi({ identify, authorize, broadcaster, rate: rates.messages, limits, explain, note })
  return {
    features: [broadcast, messages.feature, presence, changes.feature],
    authorize,
    whyDenied: createWhyDenied({ database: joining, now: () => performance.now() }),
    routes: [api],
    feed: () => reading.stats(),
    counts,
    async close() {
      changes.close()
      presence.close()
      await messages.close()
      broadcaster.close()
      await feed.close()
    },
  }
}
