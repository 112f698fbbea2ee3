// The Database port with its waits and failures told to the log and the metrics.

import type { Database, Transaction } from '../../../database/statement.ts'
import { isRefusal } from '../../../refusal/refusal.ts'
import type { Observe } from '../observe/observation.ts'
import { isPasswordRefused, sayRefusal } from './refused-by-database.ts'

interface Told {
  readonly observe: Observe
  /** The database takes the password no more. */
  readonly onPasswordRefused: (said: string) => void
}

/** Passes everything through unchanged. */
export function observedDatabase(database: Database, told: Told): Database {
  return {
    run: (transaction) => watched(told, () => database.run(transaction)),
    runThen: (transaction, decide) => watched(told, () => database.runThen(transaction, decide)),
  }
}

async function watched<Result>({ observe, onPasswordRefused }: Told, run: () => Promise<Result>): Promise<Result> {
  observe({ kind: 'connection-asked' })
  try {
    return await run()
  } catch (thrown) {
    tell(thrown, observe)
    if (isPasswordRefused(thrown)) onPasswordRefused(sayRefusal(thrown).said)
    throw thrown
  } finally {
    observe({ kind: 'connection-given' })
  }
}

function tell(thrown: unknown, observe: Observe): void {
  if (!isRefusal(thrown) || !thrown.code.startsWith('postgres.')) return
  const { status, said } = sayRefusal(thrown)
  if (thrown.code === 'postgres.pool-timeout') observe({ kind: 'connection-timed-out', said })
  else if (status >= 500) observe({ kind: 'query-failed', said })
}

/** The texts of a transaction's statements land in `texts`, in order, the settings first. */
export function recordingDatabase(
  database: Database,
  texts: string[],
  settingsText: (transaction: Transaction) => string,
): Database {
  const record = (transaction: Transaction): void => {
    texts.push(settingsText(transaction), ...transaction.statements.map(({ text }) => text))
  }
  return {
    run(transaction) {
      record(transaction)
      return database.run(transaction)
    },
    runThen(transaction, decide) {
      record(transaction)
      return database.runThen(transaction, decide)
    },
  }
}
