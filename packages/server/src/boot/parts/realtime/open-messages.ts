// What table `realtime.messages` does for channels: its policies admit to them, its rows are broadcasts, and it is kept
// from growing.

import type { Logger } from 'pino'

import type { Database } from '../../../database/statement.ts'
import type { Authorize } from '../../../realtime/access/channel-access.ts'
import { createAuthorize } from '../../../realtime/access/create-authorize.ts'
import type { DeliverFromDatabase } from '../../../realtime/broadcast/delivery/deliver-from-database.ts'
import type { ChangeFeed } from '../../../realtime/changes/change.ts'
import type { Feature } from '../../../realtime/channels/channel.ts'
import type { RealtimeConfig } from '../../../realtime/config.ts'
import { hearMessages } from '../../../realtime/messages/delivery/hear-messages.ts'
import { createMessagesFeature } from '../../../realtime/messages/messages-feature.ts'
import { createReadReplay } from '../../../realtime/messages/replay/read-replay.ts'
import type { ReplayedIds } from '../../../realtime/messages/replay/replayed-ids.ts'
import { openUpkeep, type UpkeepEvent } from '../../../realtime/messages/retention/open-upkeep.ts'

interface AccessParts {
  readonly database: Pick<Database, 'run'>
  readonly feed: ChangeFeed
  readonly log: Logger
}

/** Asks the policies; what they said is forgotten when a commit changes them. */
export function openAccess({ database, feed, log }: AccessParts): Authorize {
  const access = createAuthorize({
    database,
    onWriteFailure: (failure) => log.warn(failure, 'a policy on realtime.messages raised an error'),
    now: () => performance.now(),
    hearsOfChanges: () => feed.state().kind === 'live',
  })
  feed.listen(({ schemaChanged }) => {
    if (schemaChanged) access.forget()
  })
  return access.authorize
}

interface MessagesParts extends AccessParts {
  readonly config: RealtimeConfig
  readonly deliver: DeliverFromDatabase
  readonly replayedIds: ReplayedIds
  /** Unix milliseconds. */
  readonly now: () => number
}

export interface OpenMessages {
  /** Comes after broadcast, which keeps the rooms. */
  readonly feature: Feature
  close(): Promise<void>
}

export function openMessages({ config, database, feed, deliver, replayedIds, now, log }: MessagesParts): OpenMessages {
  const stop = hearMessages({
    feed,
    deliver,
    onTooLarge: ({ id, topic }) =>
      log.warn({ id, topic }, 'a message from the database is larger than a broadcast may be'),
  })
  const upkeep = openUpkeep({
    database,
    days: config.messageRetention,
    now,
    report: (event) => logUpkeep(event, log),
  })
  return {
    feature: createMessagesFeature({ readReplay: createReadReplay(database), replayedIds, feed }),
    async close() {
      stop()
      await upkeep.close()
    },
  }
}

function logUpkeep(event: UpkeepEvent, log: Logger): void {
  if (event.kind === 'messages-kept') log.info({ made: event.made, dropped: event.dropped }, 'partitions of messages')
  else log.warn({ err: event.error }, 'partitions of realtime.messages could not be kept')
}
