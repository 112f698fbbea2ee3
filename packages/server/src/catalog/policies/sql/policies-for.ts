// The policies that decide what a role may do to a table, as they stand now.

import { type Sql, sql } from '../../../database/sql.ts'

/**
 * Parameters: the role, the table's schema and name, the command as pg_policy has it. Each policy's name, and whether it
 * can let something be done by itself.
 */
export const policiesFor: Sql = sql`
  select polname, polpermissive
  from pg_policy
  join pg_class on pg_class.oid = polrelid
  join pg_namespace on pg_namespace.oid = relnamespace
  where nspname = $2 and relname = $3 and polcmd in ($4::"char", '*')
    and exists (
      select from unnest(polroles) as named (role)
      where case when role = 0 then true else pg_has_role($1::name, role, 'usage') end)
  order by polname`
