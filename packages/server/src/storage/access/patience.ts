// How long a statement may take. Postgres applies a role's own settings when it logs in, and not to whoever becomes that
// role, so that they are looked up and set.

import { remember } from '../../catalog/policies/remembered.ts'
import type { Database, Setting } from '../../database/statement.ts'
import { roleTimeout } from './sql/role-timeout.ts'

/** For roles that have none of their own, and for the owner. */
export const PATIENCE: Setting = ['statement_timeout', '30s']

/** Milliseconds after which a changed setting is in force. */
const LIFETIME = 30_000
const MOST_ROLES = 100

/** Of a role, asked for once in a while. Refuses with `postgres.*`. */
export function patienceOf(database: Pick<Database, 'run'>): (role: string) => Promise<Setting> {
  const known = remember<Setting>(MOST_ROLES, () => performance.now())
  const look = async (role: string): Promise<Setting> => {
    const [rows] = await database.run({
      kind: 'transaction',
      role: 'none',
      settings: [],
      readOnly: true,
      statements: [roleTimeout(role)],
      end: 'commit',
    })
    const timeout = rows?.rows[0]?.[0] ?? null
    return timeout === null ? PATIENCE : ['statement_timeout', timeout]
  }
  return async (role) => await known.recall(role, LIFETIME, async () => await look(role))
}
