// Statements about the rows of `realtime.messages`.

import { type Sql, sql } from '../../../database/sql.ts'

/**
 * The latest broadcasts of a private topic that the asking role may see, latest first. Parameters: the topic, since when
 * (Unix milliseconds), how many. A minute ahead at most, so that no partition of the future is looked into.
 */
export const readLatest: Sql = sql`
  select id, topic, event, private, payload, binary_payload
  from realtime.messages
  where topic = $1 and private is true and extension = 'broadcast'
    and inserted_at >= timezone('utc', to_timestamp($2::double precision / 1000))
    and inserted_at < timezone('utc', now()) + interval '1 minute'
  order by inserted_at desc
  limit $3::int`

/** Makes partitions and drops old ones. Parameters: today, days to keep. */
export const keepPartitions: Sql = sql`select made, dropped from tenon.keep_messages($1::date, $2::int)`
