// The one statement that asks Postgres what somebody may do on a channel.

import { type Sql, sql } from '../../../database/sql.ts'

/** Parameters: the role that asks, the topic. One row of booleans as text, and why a write failed otherwise than by a policy. */
export const askAccess: Sql = sql`
  select broadcast_read, presence_read, broadcast_write, presence_write, write_failure
  from tenon.channel_access($1, $2)`
