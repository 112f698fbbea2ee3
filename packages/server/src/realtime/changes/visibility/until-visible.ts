// A commit is in the log a moment before other sessions see what it did (and long before, where it waits for a standby).
// Whoever asks Postgres because of what the log says waits for that moment: a policy that was dropped would still be read,
// a membership made in the same transaction would not be found.

import type { Database } from '../../../database/statement.ts'
import { visibleStatement } from './sql/visible-statement.ts'

/** Resolves once every session sees what the transaction of this number did. Never rejects. */
export type UntilVisible = (xid: number) => Promise<void>

interface VisibilityDeps {
  readonly database: Pick<Database, 'run'>
  /** The role that `database` logs in as. */
  readonly role: string
  /** Nobody waits any longer. */
  readonly isOver: () => boolean
}

const FIRST_REST = 1
const LONGEST_REST = 200

/** Asks again, less and less often, until the answer is yes; a Postgres that is away is asked when it is back. */
export function createUntilVisible(deps: VisibilityDeps): UntilVisible {
  return async (xid) => {
    for (let rest = FIRST_REST; !(await isVisible(xid, deps)); rest = Math.min(rest * 2, LONGEST_REST)) {
      if (deps.isOver()) return
      await new Promise((resolve) => setTimeout(resolve, rest))
    }
  }
}

async function isVisible(xid: number, { database, role }: VisibilityDeps): Promise<boolean> {
  try {
    const [rows] = await database.run({
      kind: 'transaction',
      role,
      settings: [],
      readOnly: true,
      statements: [visibleStatement(xid)],
      end: 'commit',
    })
    return rows?.rows[0]?.[0] === 't'
  } catch {
    return false
  }
}
