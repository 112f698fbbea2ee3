// Triggers as the catalogue knows them, without those that Postgres keeps for foreign keys.

import { type Sql, sql } from '../../../../database/sql.ts'

function triggerRows(where: Sql): Sql {
  return sql`
    select t.oid::bigint::text as oid, t.tgname as name, n.nspname as schema, c.relname as table,
      json_build_object('schema', fn.nspname, 'name', p.proname) as function,
      case when t.tgtype & 2 <> 0 then 'before' when t.tgtype & 64 <> 0 then 'instead of' else 'after' end as timing,
      array_remove(array[
        case when t.tgtype & 4 <> 0 then 'insert' end, case when t.tgtype & 16 <> 0 then 'update' end,
        case when t.tgtype & 8 <> 0 then 'delete' end, case when t.tgtype & 32 <> 0 then 'truncate' end
      ], null) as events,
      array(
        select a.attname::text from unnest(t.tgattr) as number join pg_attribute a on a.attrelid = c.oid and a.attnum = number
        order by number
      ) as columns,
      case when t.tgtype & 1 <> 0 then 'row' else 'statement' end as orientation,
      substring(pg_get_triggerdef(t.oid) from ' WHEN \\((.*)\\) EXECUTE ') as when,
      case t.tgenabled when 'O' then 'origin' when 'R' then 'replica' when 'A' then 'always' else 'disabled' end
        as enabled,
      pg_get_triggerdef(t.oid, true) as definition
    from pg_trigger t
    join pg_class c on c.oid = t.tgrelid
    join pg_namespace n on n.oid = c.relnamespace
    join pg_proc p on p.oid = t.tgfoid
    join pg_namespace fn on fn.oid = p.pronamespace
    where not t.tgisinternal and ${where}
    order by c.relname, t.tgname`
}

/** `$1` is the schema of the table. */
export const triggersOfSchema = triggerRows(sql`n.nspname = $1`)

/** `$1` is the oid. */
export const triggerByOid = triggerRows(sql`t.oid = $1::bigint::oid`)

/** `$1` schema, `$2` table, `$3` name. */
export const triggerByName = triggerRows(sql`n.nspname = $1 and c.relname = $2 and t.tgname = $3`)

/** What a trigger may run. */
export const triggerFunctions = sql`
  select n.nspname as schema, p.proname as name
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.prorettype = 'trigger'::regtype and p.pronargs = 0 and n.nspname <> 'pg_catalog'
    and has_schema_privilege(n.oid, 'usage') and has_function_privilege(p.oid, 'execute')
  order by n.nspname <> 'public', n.nspname, p.proname`
