// Which of the commands that a statement is made of the policies refuse. Asked only after a denial, and rolled back.

import type { PolicyCommand } from '../../../catalog/policies/read-policies.ts'
import { isRefusal } from '../../../refusal/refusal.ts'
import type { Caller } from '../caller.ts'
import type { StorageOperation } from '../operations.ts'
import type { Step, StorageDatabase } from '../storage-database.ts'

/** SQLSTATE `insufficient_privilege`. */
export const DENIED = '42501'

interface Denied {
  readonly operation: StorageOperation
  readonly steps?: readonly Step[]
}

/** The first that fails; null where none does, and where there are none. */
export async function failingStep(
  database: StorageDatabase,
  caller: Caller,
  { operation, steps = [] }: Denied,
): Promise<PolicyCommand | null> {
  for (const { command, statement } of steps)
    if (await fails(database, caller, { operation, statements: [statement], end: 'rollback' })) return command
  return null
}

async function fails(database: StorageDatabase, ...asked: Parameters<StorageDatabase['asCaller']>): Promise<boolean> {
  try {
    const [found] = await database.asCaller(...asked)
    return found?.count === 0
  } catch (thrown) {
    if (isRefusal(thrown)) return thrown.code === 'postgres.error' && thrown.detail.sqlstate === DENIED
    throw thrown
  }
}
