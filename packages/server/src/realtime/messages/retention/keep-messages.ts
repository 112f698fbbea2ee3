// Keeps the partitions of `realtime.messages`: tomorrow's are there in time, those of long ago are gone.

import type { Database } from '../../../database/statement.ts'
import { keepPartitions } from '../sql/messages.ts'

/** Partitions made and dropped. */
export interface Kept {
  readonly made: number
  readonly dropped: number
}

/**
 * Does what is due at `now` (Unix milliseconds; days are UTC's), and nothing while another process does. Refuses with
 * `postgres.*`.
 */
export async function keepMessages(database: Pick<Database, 'run'>, now: number, days: number): Promise<Kept> {
  const today = new Date(now).toISOString().slice(0, 'yyyy-mm-dd'.length)
  const [answer] = await database.run({
    kind: 'transaction',
    role: 'none',
    settings: [],
    readOnly: false,
    statements: [{ kind: 'statement', text: keepPartitions, values: [today, String(days)] }],
    end: 'commit',
  })
  const [made, dropped] = answer?.rows[0] ?? []
  return { made: Number(made ?? 0), dropped: Number(dropped ?? 0) }
}
