// Realtime of a project: the sockets, the channels on them, and what the channels do.

import { randomUUID } from 'node:crypto'

import type { FastifyPluginAsync } from 'fastify'
import type { Logger } from 'pino'

import type { ConnectionOptions } from '../../database/pool/connection-options.ts'
import type { Database } from '../../database/statement.ts'
import type { UpgradeHandler } from '../../http/http-options.ts'
import type { Gate } from '../../identity/create-identify.ts'
import type { ChannelCounts, ChannelDeps } from '../../realtime/channels/talking/channel-deps.ts'
import { Conversation } from '../../realtime/channels/conversation.ts'
import { refusedBy } from '../../realtime/channels/talking/refused.ts'
import { TokenDeadlines } from '../../realtime/channels/tokens/token-deadlines.ts'
import type { RealtimeConfig } from '../../realtime/config.ts'
import { createRates } from '../../realtime/limits/rates.ts'
import { createRefusalLog } from '../../realtime/limits/refusal-log.ts'
import { acceptSockets } from '../../realtime/sockets/accept-sockets.ts'
import { OpenSockets } from '../../realtime/sockets/open-sockets.ts'
import { type Judges, judgeUpgrade } from '../../realtime/sockets/judge-upgrade.ts'
import { refusePlain, type UpgradeAnswer } from '../../realtime/sockets/refuse-upgrade.ts'
import { openBus } from './realtime/open-bus.ts'
import { openFeatures } from './realtime/open-features.ts'
import type { RealtimeStats } from './realtime/realtime-metrics.ts'

interface RealtimeParts {
  readonly config: RealtimeConfig
  readonly gate: Gate
  /** Tell clients what to change where they are refused. */
  readonly explain: boolean
  /** Logs in as `loginRole`. */
  readonly database: Database
  readonly loginRole: string
  /** Schemas that the REST door, too, puts behind the one asked for. */
  readonly extraSearchPath: readonly string[]
  /** Logs in as somebody who may replicate. */
  readonly replication: ConnectionOptions
  readonly log: Logger
}

export interface OpenRealtime {
  readonly upgrade: UpgradeHandler
  readonly door: FastifyPluginAsync
  /** Sentences for whoever started the server. */
  readonly notices: readonly string[]
  stats(): RealtimeStats
  /** Tells every client to come back later, then ends the features. */
  close(): Promise<void>
}

/** How often silent sockets and expired tokens are looked for. Milliseconds. */
const TICK = 1000
/** How long clients may take to say goodbye. Milliseconds. */
const GOODBYE = 2000

/** Opens Realtime; it takes sockets once they are handed to it. */
export async function openRealtime(parts: RealtimeParts): Promise<OpenRealtime> {
  const { config, gate, explain, log } = parts
  const now = Date.now
  const { bus, notices, counts: busCounts } = await openBus(parts)
  const rates = createRates(config.limits, now)
  const note = createRefusalLog({ now, write: (fields, words) => log.info(fields, words) })
  const opened = await openFeatures({ ...parts, bus, rates, now, note })
  const { counts, refusals } = createCounts()
  const deadlines = new TokenDeadlines(config.tokenGrace, now, note)
  const deps: ChannelDeps = {
    config,
    features: opened.features,
    authorize: opened.authorize,
    whyDenied: opened.whyDenied,
    verify: async (token) => await gate.identify({ authorization: `Bearer ${token}`, apikey: undefined }),
    rates,
    deadlines,
    newId: randomUUID,
    explain,
    counts,
    note,
    report: (fault) => log.error({ err: fault.cause, traceId: fault.traceId }, 'fault'),
  }
  const sockets = new OpenSockets(config.limits.idleTimeout)
  let isClosing = false
  const judges: Judges = { gate, config, open: () => sockets.size, joins: rates.joins }
  const answer = (thrown: unknown, remote: string): UpgradeAnswer => upgradeAnswer(thrown, remote, deps)
  const accept = acceptSockets({
    ...judges,
    sockets,
    now,
    greet: (connection, identity) => new Conversation(connection, identity, deps),
    answer,
    isClosing: () => isClosing,
  })
  const plain = refusePlain({ judge: async (request) => await judgeUpgrade(request, judges), answer })
  const ticker = sweepEachTick(sockets, deadlines)
  return {
    upgrade: (request, socket, head) => void accept(request, socket, head),
    door: doorOf([plain, ...opened.routes]),
    notices,
    stats: () => ({
      ...counts,
      ...opened.counts,
      sockets: sockets.size,
      refusals: Object.fromEntries(refusals),
      bus: { ...busCounts(), state: bus.state(), peers: bus.peers().length },
      feed: opened.feed(),
    }),
    async close() {
      isClosing = true
      clearInterval(ticker)
      await sockets.closeAll(GOODBYE)
      await opened.close()
      await bus.close()
    },
  }
}

function doorOf(routes: readonly FastifyPluginAsync[]): FastifyPluginAsync {
  return async (fastify) => {
    // As upstream: whether anybody is there.
    fastify.get('/api/ping', async () => ({ message: 'Success' }))
    for (const route of routes) await fastify.register(route)
  }
}

function sweepEachTick(sockets: OpenSockets, deadlines: TokenDeadlines): NodeJS.Timeout {
  return setInterval(() => {
    sockets.sweep(Date.now())
    deadlines.sweep()
  }, TICK).unref()
}

function createCounts(): { readonly counts: ChannelCounts; readonly refusals: ReadonlyMap<string, number> } {
  const refusals = new Map<string, number>()
  const refused = (code: string): void => void refusals.set(code, (refusals.get(code) ?? 0) + 1)
  return { counts: { channels: 0, joins: 0, messages: 0, refused }, refusals }
}

function upgradeAnswer(thrown: unknown, remote: string, deps: ChannelDeps): UpgradeAnswer {
  const refused = refusedBy(thrown, deps, { what: 'socket refused', whose: remote, remote })
  if (refused.kind === 'refused') {
    const { status, message: error, fix } = refused
    return deps.explain && fix !== null ? { status, error, hint: fix } : { status, error }
  }
  return { status: 500, error: `Something broke here (trace id ${refused.traceId})` }
}
