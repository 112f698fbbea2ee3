// For databases that let us make no event triggers: whoever finds the schema changed says so in the WAL itself, so that
// every process' feed says it, late but among the commits.

import type { Database } from '../../../../database/statement.ts'
import { markUnlessTriggered } from './sql/mark-statement.ts'

/** Does nothing where triggers do. Refuses with `postgres.*`. */
export async function markSchemaChange(database: Pick<Database, 'run'>): Promise<void> {
  await database.run({
    kind: 'transaction',
    // The login's own.
    role: 'none',
    settings: [],
    readOnly: false,
    statements: [{ kind: 'statement', text: markUnlessTriggered, values: [] }],
    end: 'commit',
  })
}
