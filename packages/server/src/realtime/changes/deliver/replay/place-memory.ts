// Tells the memory of changes where in the log it begins, which it cannot know before the first change has come.

import type { Database } from '../../../../database/statement.ts'
import type { RecentChanges } from './recent-changes.ts'
import { parseSince } from './since.ts'
import { logEndStatement } from './sql/log-end-statement.ts'

/** Call while changes arrive. Asks Postgres once, until changes are lost. Refuses with `postgres.*`. */
export async function placeMemory(recent: RecentChanges, database: Pick<Database, 'run'>): Promise<void> {
  if (recent.isPlaced) return
  const [found] = await database.run({
    kind: 'transaction',
    // The login's own.
    role: 'none',
    settings: [],
    readOnly: true,
    statements: [logEndStatement],
    end: 'commit',
  })
  const end = parseSince(found?.rows[0]?.[0])
  if (end?.kind === 'lsn') recent.beginAt(end.at)
}
