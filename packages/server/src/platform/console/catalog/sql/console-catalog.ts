// What an editor completes, and whom one may look through the eyes of.

import { type Sql, sql } from '../../../../database/sql.ts'

/** Schemas people write in: not Postgres' own internals. */
const shown: Sql = sql`n.nspname !~ '^pg_(toast|temp_)' and n.nspname <> 'information_schema'`

/** One row a table or view: `schema`, `name`, `columns` as `[{name, type}]`. Postgres' own catalogs without columns. */
export const tables: Sql = sql`
  select n.nspname as schema, c.relname as name,
    coalesce(jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
      order by a.attnum) filter (where a.attname is not null), '[]') as columns
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      and n.nspname <> 'pg_catalog'
  where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${shown}
  group by n.nspname, c.relname order by n.nspname, c.relname`

/** One row a function people call: `schema`, `name`, `arguments`, `returns`. */
export const functions: Sql = sql`
  select n.nspname as schema, p.proname as name, pg_get_function_arguments(p.oid) as arguments,
    pg_get_function_result(p.oid) as returns
  from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
  where p.prokind <> 'p' and ${shown} and n.nspname <> 'pg_catalog'
  order by n.nspname, p.proname`

/** One row a type people made: `schema`, `name`. */
export const types: Sql = sql`
  select n.nspname as schema, t.typname as name
  from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
  where (t.typtype in ('e', 'd', 'r') or (t.typtype = 'c' and exists (
      select from pg_catalog.pg_class c where c.oid = t.typrelid and c.relkind = 'c')))
    and ${shown} and n.nspname <> 'pg_catalog'
  order by n.nspname, t.typname`

/** Roles the console may take: `name`, and `bypasses` where policies do not bind them. */
export const takenRoles: Sql = sql`
  select rolname as name, rolbypassrls or rolsuper as bypasses
  from pg_catalog.pg_roles
  where pg_has_role(session_user, oid, 'MEMBER') and rolname !~ '^pg_' and rolname <> session_user
  order by rolname`
