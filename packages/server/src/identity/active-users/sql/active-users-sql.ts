// The statements of the monthly count, over the table of database/bootstrap/50-monthly-active-users.sql.

import { sql } from '../../../database/sql.ts'

/** $1 month (date), $2 hashes as an array of hex texts, $3 issuers as an array of the same length. */
export const insertActiveUsers = sql`
  insert into tenon.monthly_active_users (month, user_hash, issuer)
  select $1::date, decode(seen.hash, 'hex'), seen.issuer
  from unnest($2::text[], $3::text[]) as seen (hash, issuer)
  on conflict do nothing`

/** Rows of month (YYYY-MM), issuer and count, newest month first. */
export const countActiveUsers = sql`
  select to_char(month, 'YYYY-MM') as month, issuer, count(*)::text as users
  from tenon.monthly_active_users
  group by 1, 2
  order by 1 desc, 2`

/** One random salt for the installation: $1 is the proposal, the row that wins is returned. */
export const settleSalt = sql`
  with proposed as (
    insert into tenon.active_user_salt (salt) values (decode($1, 'hex'))
    on conflict do nothing
    returning salt
  )
  select encode(salt, 'hex') as salt from proposed
  union all
  select encode(salt, 'hex') from tenon.active_user_salt
  limit 1`
