// The types that a column can have, and what suits as a default of one.

import { type Sql, sql } from '../../../../../database/sql.ts'

/**
 * Types of the project and its extensions beside the built-in ones; arrays are a switch of the column, and what Postgres
 * keeps for itself is left out.
 */
export const listTypes: Sql = sql`
  select case when n.nspname = 'pg_catalog' and t.typname ~ '^[a-z][a-z0-9_]*$' then t.typname::text
      else format_type(t.oid, null) end as name,
    format_type(t.oid, null) as type, n.nspname as schema, e.extname as extension,
    case t.typtype when 'e' then 'enum' when 'd' then 'domain' when 'c' then 'composite' when 'r' then 'range'
      when 'm' then 'range' else 'base' end as kind,
    obj_description(t.oid, 'pg_type') as comment
  from pg_type t
    join pg_namespace n on n.oid = t.typnamespace
    left join pg_depend d on d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e'
    left join pg_extension e on e.oid = d.refobjid
    left join pg_class c on c.oid = t.typrelid
  where t.typtype in ('b', 'e', 'd', 'c', 'r', 'm') and t.typcategory <> 'A'
    and n.nspname not in ('information_schema', 'pg_toast') and n.nspname !~ '^pg_(toast_)?temp_'
    and (c.oid is null or c.relkind = 'c')
    and not (n.nspname = 'pg_catalog' and (
      t.typtype = 'c' or t.typname ~ '^(reg|pg_(node|ndistinct|dep|mcv|brin|snap)|txid_)'
      or t.typname in ('tid', 'xid', 'xid8', 'cid', 'oid', 'name', 'refcursor', 'aclitem', 'gtsvector', 'char', 'bpchar')))
  order by n.nspname <> 'pg_catalog', n.nspname, t.typname`

/**
 * Parameter: a type's name. Functions that need no argument and give that type; of Postgres' own only those that one
 * would want, of the system's schemas those that tell who asks.
 */
export const listDefaults: Sql = sql`
  select case when n.nspname in ('pg_catalog', 'public') then quote_ident(p.proname) else
      quote_ident(n.nspname) || '.' || quote_ident(p.proname) end || '()' as expression,
    n.nspname as schema, obj_description(p.oid, 'pg_proc') as description
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where p.prokind = 'f' and p.pronargs - p.pronargdefaults = 0 and not p.proretset
    and p.prorettype = to_regtype($1)
    and case n.nspname
      when 'pg_catalog' then p.proname in ('now', 'clock_timestamp', 'statement_timestamp', 'gen_random_uuid', 'uuidv4',
        'uuidv7', 'random', 'pg_current_xact_id')
      when 'extensions' then p.proname like 'uuid\_generate\_%'
      else n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'clerk', 'graphql', 'graphql_public', 'pgbouncer',
        'realtime', 'storage', 'tenon', 'vault') end
  order by case n.nspname when 'public' then 0 when 'pg_catalog' then 1 else 2 end, n.nspname, p.proname`
