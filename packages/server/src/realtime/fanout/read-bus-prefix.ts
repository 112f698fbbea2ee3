// What begins the subjects of one project's processes in a NATS that others may use as well: they share a database.

import type { Database } from '../../database/statement.ts'
import { databaseIdentity } from './sql/database-identity.ts'

/** Equal for processes over one database and different for any others. `role` is the one that the database logs in as. */
export async function readBusPrefix(database: Pick<Database, 'run'>, role: string): Promise<string> {
  const [rows] = await database.run({
    kind: 'transaction',
    role,
    settings: [],
    readOnly: true,
    statements: [databaseIdentity],
    end: 'commit',
  })
  const identity = rows?.rows[0]?.[0]
  if (typeof identity !== 'string') throw new Error('The database does not say which one it is.')
  return `tenon.${identity}`
}
