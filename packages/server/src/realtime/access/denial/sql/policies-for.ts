// The policies that decide what a role may read of `realtime.messages`.

import { type Sql, sql } from '../../../../database/sql.ts'

/** Parameter: the role. Each policy's name, and whether it can let something be read by itself. */
export const policiesFor: Sql = sql`
  select polname, polpermissive
  from pg_policy
  join pg_class on pg_class.oid = polrelid
  join pg_namespace on pg_namespace.oid = relnamespace
  where nspname = 'realtime' and relname = 'messages' and polcmd in ('r', '*')
    and exists (
      select from unnest(polroles) as named (role)
      where case when role = 0 then true else pg_has_role($1::name, role, 'usage') end)
  order by polname`
