// postgres_changes of a project: what is known of its tables, who sees which changes, and who is told.

import type { Logger } from 'pino'

import type { Database } from '../../../database/statement.ts'
import type { Deliver } from '../../../realtime/broadcast/rooms.ts'
import type { ChangeFeed } from '../../../realtime/changes/change.ts'
import { createTypeKeeper } from '../../../realtime/changes/decode/cells/type-keeper.ts'
import { type Changes, createChanges } from '../../../realtime/changes/deliver/create-changes.ts'
import { createJudge } from '../../../realtime/changes/judge/create-judge.ts'
import { createTableKeeper } from '../../../realtime/changes/tables/create-table-keeper.ts'
import type { RealtimeConfig } from '../../../realtime/config.ts'

export interface ChangesParts {
  readonly config: RealtimeConfig
  /** Logs in as `loginRole`. */
  readonly database: Database
  /** The same, for what whoever joins asks of it. */
  readonly joining: Pick<Database, 'run'>
  readonly loginRole: string
  /** Schemas that the REST door, too, puts behind the one asked for. */
  readonly extraSearchPath: readonly string[]
  readonly feed: ChangeFeed
  readonly deliver: Deliver
  /** Unix milliseconds. */
  readonly now: () => number
  readonly log: Logger
}

export function openChanges(parts: ChangesParts): Changes {
  const { config, database, joining, loginRole, extraSearchPath, feed, deliver, now, log } = parts
  const { publication } = config.feed
  const tables = createTableKeeper({ database: joining, readerRole: loginRole, publication, extraSearchPath })
  const judge = createJudge({
    database,
    tables,
    readerRole: loginRole,
    deletes: config.deletes,
    report: (event) => log.warn(event, 'a policy failed; whom it concerns sees nothing by it'),
  })
  return createChanges({
    feed,
    judge,
    tables,
    types: createTypeKeeper(database, loginRole),
    database,
    role: loginRole,
    joining,
    deliver,
    config,
    now,
    report: (err) => log.error({ err }, 'changes could not be delivered'),
    reportTrouble: (reason) => log.info({ reason }, 'a table is listened to, and nothing of it can be heard'),
  })
}
