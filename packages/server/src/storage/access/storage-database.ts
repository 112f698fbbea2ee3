// Two ways to run statements: in the caller's name, where the policies decide, and in the owner's, for what was decided.

import type { PolicyCommand } from '../../catalog/policies/read-policies.ts'
import type { Database, Rows, Statement } from '../../database/statement.ts'
import { type Caller, callerSettings } from './caller.ts'
import { PATIENCE, patienceOf } from './patience.ts'
import type { StorageOperation } from './operations.ts'

/** Fails where its statement is refused, and where it finds no row. */
export interface Step {
  readonly command: PolicyCommand
  readonly statement: Statement
}

interface AsCaller {
  readonly operation: StorageOperation
  readonly statements: readonly Statement[]
  /** `rollback` asks what would happen. */
  readonly end?: 'commit' | 'rollback'
  readonly readOnly?: boolean
  /** Lets rows be deleted past the guard, which keeps SQL from orphaning bytes. */
  readonly deletes?: boolean
  /** What a statement does under policies of several commands, one after the other: which of them said no is found by these. */
  readonly steps?: readonly Step[]
}

export interface StorageDatabase {
  /** One transaction, one round trip, one `Rows` per statement. Refuses with `postgres.*`. */
  asCaller(caller: Caller, work: AsCaller): Promise<readonly Rows[]>
  /** As the owner of the tables: no policy applies. */
  asOwner(statements: readonly Statement[]): Promise<readonly Rows[]>
}

/** `database` logs in as the owner of schema storage, who may become whoever calls. */
export function storageDatabase(database: Pick<Database, 'run'>): StorageDatabase {
  const patience = patienceOf(database)
  return {
    asCaller: async (caller, { operation, statements, end = 'commit', readOnly = false, deletes = false }) =>
      await database.run({
        kind: 'transaction',
        role: caller.identity.role,
        settingsBeforeRole: [await patience(caller.identity.role)],
        settings: deletes
          ? [...callerSettings(caller, operation), ['storage.allow_delete_query', 'true']]
          : callerSettings(caller, operation),
        readOnly,
        statements,
        end,
      }),
    asOwner: async (statements) =>
      await database.run({
        kind: 'transaction',
        role: 'none',
        settingsBeforeRole: [PATIENCE],
        settings: [['storage.allow_delete_query', 'true']],
        readOnly: false,
        statements,
        end: 'commit',
      }),
  }
}
