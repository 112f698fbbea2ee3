// The feed of the database's changes, for every feature that hears them.

import type { Logger } from 'pino'

import type { ConnectionOptions } from '../../../database/pool/connection-options.ts'
import type { Database } from '../../../database/statement.ts'
import type { ChangeFeed, FeedState } from '../../../realtime/changes/change.ts'
import type { FeedEvent, FeedFigures } from '../../../realtime/changes/feed/feed-event.ts'
import { openFeed } from '../../../realtime/changes/feed/open-feed.ts'
import { type RelayFigures, relayFeed } from '../../../realtime/changes/relay/relay-feed.ts'
import type { RealtimeConfig } from '../../../realtime/config.ts'
import type { Bus } from '../../../realtime/fanout/bus.ts'

export interface ChangeFeedParts {
  readonly config: RealtimeConfig
  /** Logs in as `loginRole`. */
  readonly database: Database
  readonly loginRole: string
  /** Logs in as somebody who may replicate. */
  readonly replication: ConnectionOptions
  readonly bus: Bus
  readonly log: Logger
}

/** How this process comes by the changes. */
export interface FeedStats extends FeedFigures, RelayFigures {
  readonly state: FeedState
}

export interface OpenChangeFeed {
  readonly feed: ChangeFeed
  stats(): FeedStats
}

/** Least that is kept of the changes for processes that were away. Bytes. */
const LEAST_KEPT = 4 * 1024 * 1024

/** Reads nothing before somebody asks for changes, unless this project's slot is there already. */
export function openChangeFeed({
  config,
  database,
  loginRole,
  replication,
  bus,
  log,
}: ChangeFeedParts): OpenChangeFeed {
  const own = openFeed({
    connection: replication,
    database,
    role: loginRole,
    config: config.feed,
    report: (event) => logEvent(event, log),
  })
  const feed = relayFeed({
    own,
    bus,
    keep: Math.max(config.feed.replayBytes, LEAST_KEPT),
    onFault: (err) => log.error({ err }, 'changes could not be told'),
  })
  return { feed, stats: () => ({ ...own.figures(), ...feed.relay(), state: feed.state() }) }
}

function logEvent(event: FeedEvent, log: Logger): void {
  switch (event.kind) {
    case 'listener-failed':
      log.error({ err: event.error }, 'changes could not be told')
      break
    case 'slot-lost':
    case 'wal-held':
    case 'wal-unbounded':
      log.warn({ ...event, kind: undefined }, event.kind.replaceAll('-', ' '))
      break
    case 'feed-state-changed':
      log[event.state.kind === 'unavailable' ? 'warn' : 'info']({ ...event.state }, 'feed of changes')
      break
    case 'slot-created':
      log.info({ ...event, kind: undefined }, event.kind.replaceAll('-', ' '))
      break
  }
}
