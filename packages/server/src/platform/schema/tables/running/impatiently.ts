// Transactions that change the shape of something, which nobody who looks at a screen waits for.

import type { Sql } from '../../../../database/sql.ts'
import { isRefusal, Refusal } from '../../../../refusal/refusal.ts'
import type { PlatformDatabase, PlatformSession } from '../../../database/platform-database.ts'
import { endTransaction, patience } from './sql/patience.ts'

/** A transaction as the owner. Refuses `platform.busy`, rather than wait, while somebody holds what it needs. */
export async function impatiently<Result>(
  database: PlatformDatabase,
  work: (session: PlatformSession) => Promise<Result>,
): Promise<Result> {
  try {
    return await database.transaction(null, async (session) => {
      await session.execute(patience)
      return await work(session)
    })
  } catch (error) {
    const waited = isRefusal(error) && error.code === 'postgres.error' && error.detail.sqlstate === LOCK_NOT_AVAILABLE
    throw waited ? new Refusal('platform.busy', { seconds: 5 }, { cause: error }) : error
  }
}

const LOCK_NOT_AVAILABLE = '55P03'

/** For what Postgres runs outside of a transaction only; it waits for others as long as they take. */
export async function alone(database: PlatformDatabase, statement: Sql): Promise<void> {
  await database.transaction(null, async (session) => {
    // What began for every statement ends before this one; the commit that follows finds nothing to do.
    await session.execute(endTransaction)
    await session.execute(statement)
  })
}
