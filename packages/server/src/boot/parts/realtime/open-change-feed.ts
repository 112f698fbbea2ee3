// The feed of the database's changes, for every feature that hears them.

import type { Logger } from 'pino'

import type { ConnectionOptions } from '../../../database/pool/connection-options.ts'
import type { Database } from '../../../database/statement.ts'
import type { FeedEvent } from '../../../realtime/changes/feed/feed-event.ts'
import { openFeed, type OwnFeed } from '../../../realtime/changes/feed/open-feed.ts'
import type { RealtimeConfig } from '../../../realtime/config.ts'

export interface ChangeFeedParts {
  readonly config: RealtimeConfig
  /** Logs in as `loginRole`. */
  readonly database: Database
  readonly loginRole: string
  /** Logs in as somebody who may replicate. */
  readonly replication: ConnectionOptions
  readonly log: Logger
}

/** Reads nothing before somebody asks for changes, unless this project's slot is there already. */
export function openChangeFeed({ config, database, loginRole, replication, log }: ChangeFeedParts): OwnFeed {
  return openFeed({
    connection: replication,
    database,
    role: loginRole,
    config: config.feed,
    report: (event) => logEvent(event, log),
  })
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
    case 'slot-created':
      log.info({ ...event, kind: undefined }, event.kind.replaceAll('-', ' '))
      break
  }
}
