// How long a change waits for others.

import { type Sql, sql } from '../../../../../database/sql.ts'

/** Somebody's open transaction must be told of, not waited for: whoever saved is looking at the screen. */
export const patience: Sql = sql`set local lock_timeout = '5s'`

/** Ends the transaction under way, in which nothing has happened. */
export const endTransaction: Sql = sql`commit`
