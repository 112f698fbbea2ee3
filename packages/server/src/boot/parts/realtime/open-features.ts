// What a channel does, one line for each: a feature is opened here with what it needs, and brings the routes it answers
// over HTTP.

import type { FastifyPluginAsync } from 'fastify'
import type { Logger } from 'pino'

import type { Database } from '../../../database/statement.ts'
import type { Gate } from '../../../identity/create-identify.ts'
import type { Authorize } from '../../../realtime/access/channel-access.ts'
import { broadcastApi } from '../../../realtime/broadcast/api/broadcast-api.ts'
import { createBroadcastFeature } from '../../../realtime/broadcast/broadcast-feature.ts'
import { createBroadcaster } from '../../../realtime/broadcast/delivery/broadcaster.ts'
import { createDeliver } from '../../../realtime/broadcast/delivery/deliver.ts'
import { createRooms } from '../../../realtime/broadcast/rooms.ts'
import type { Feature } from '../../../realtime/channels/channel.ts'
import type { RealtimeConfig } from '../../../realtime/config.ts'
import type { Bus } from '../../../realtime/fanout/bus.ts'
import type { Rates } from '../../../realtime/limits/rates.ts'

/** What features are made of. */
export interface FeatureParts {
  readonly config: RealtimeConfig
  /** Logs in as `authenticator`. */
  readonly database: Database
  readonly gate: Gate
  readonly bus: Bus
  readonly rates: Rates
  /** Unix milliseconds. */
  readonly now: () => number
  readonly log: Logger
}

export interface OpenFeatures {
  readonly features: readonly Feature[]
  /** Asks the policies on `realtime.messages`; null where nobody can be asked, and private channels are refused. */
  readonly authorize: Authorize | null
  /** Below `/realtime/v1`. */
  readonly routes: readonly FastifyPluginAsync[]
  /** After the last channel is gone. */
  close(): Promise<void>
}

/** Opens the features; a channel runs them in this order. */
export async function openFeatures({ config, gate, bus, rates }: FeatureParts): Promise<OpenFeatures> {
  const { limits } = config
  const authorize = null
  const rooms = createRooms()
  const broadcaster = createBroadcaster({ rooms, deliver: createDeliver(rates.messages), bus })
  const broadcast = createBroadcastFeature({ rooms, broadcaster, limits })
  const api = broadcastApi({ identify: gate.identify, authorize, broadcaster, rate: rates.messages, limits })
  return {
    features: [broadcast],
    authorize,
    routes: [api],
    close: async () => broadcaster.close(),
  }
}
