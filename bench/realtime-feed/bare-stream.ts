// The ceiling: the same stream from Postgres, taken from the socket and looked at no further.

import { ReplicationConnection } from '../../packages/server/src/realtime/changes/feed/stream/replication-connection.ts'
import { parseFrame, printStatus } from '../../packages/server/src/realtime/changes/feed/stream/wal-frames.ts'
import { parseLsn } from '../../packages/server/src/realtime/changes/feed/slot/survey.ts'
import {
  createSlot,
  startReplication,
} from '../../packages/server/src/realtime/changes/feed/sql/replication-commands.ts'
import type { ChangeLog } from './change-log.ts'

const SLOT = 'bench_bare'

export interface BareStream {
  /** Reads everything that was written since the last time; seconds from the first byte to the last. */
  drain(): Promise<number>
}

export async function openBareStream(log: ChangeLog): Promise<BareStream> {
  const connection = await ReplicationConnection.open(log.settings)
  await connection.command(createSlot(SLOT))
  await connection.end()
  return { drain: async () => await drain(log) }
}

async function drain(log: ChangeLog): Promise<number> {
  const { rows } = await log.client.query<{ end: string }>('select pg_current_wal_flush_lsn()::text as end')
  const end = parseLsn(rows[0]?.end ?? '0/0')
  const connection = await ReplicationConnection.open(log.settings)
  const { promise: reached, resolve } = Promise.withResolvers<number>()
  let began = 0
  const streaming = connection.stream(startReplication(SLOT, ['supabase_realtime']), {
    started: () => (began = performance.now()),
    frame(bytes) {
      const frame = parseFrame(bytes)
      if (frame.kind === 'data') return
      const isThere = frame.end >= end
      const confirmed = isThere ? frame.end : 0n
      connection.write(printStatus({ received: frame.end, confirmed, now: Date.now(), wantsReply: false }))
      if (isThere) resolve((performance.now() - began) / 1000)
    },
  })
  const seconds = await reached
  await connection.end()
  await streaming.catch(() => null)
  return seconds
}
