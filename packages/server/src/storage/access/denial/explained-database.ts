// A database whose denials say what would let the caller through.

import { isRefusal, Refusal } from '../../../refusal/refusal.ts'
import type { StorageDatabase } from '../storage-database.ts'
import { commandOf } from './commands-of.ts'
import { DENIED, failingStep } from './failing-step.ts'
import type { WhyDenied } from './why-denied.ts'

/** What is allowed costs nothing more. */
export function explainedDatabase(database: StorageDatabase, whyDenied: WhyDenied): StorageDatabase {
  return {
    asOwner: async (statements) => await database.asOwner(statements),
    asCaller: async (caller, work) => {
      try {
        return await database.asCaller(caller, work)
      } catch (thrown) {
        if (!isRefusal(thrown) || thrown.code !== 'postgres.error' || thrown.fix !== undefined) throw thrown
        const failing = thrown.detail.sqlstate === DENIED ? await failingStep(database, caller, work) : null
        const fix = await whyDenied.refused(caller.identity, thrown.detail, failing ?? commandOf(work.operation))
        throw fix === null ? thrown : new Refusal('postgres.error', thrown.detail, { fix, cause: thrown.cause })
      }
    },
  }
}
