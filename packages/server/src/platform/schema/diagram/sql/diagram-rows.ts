// The tables of a schema with what ties them together.

import { sql } from '../../../../database/sql.ts'

/** `$1` is the schema. */
export const diagramTables = sql`
  select n.nspname as schema, c.relname as name,
    case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table' else 'table' end
      as kind,
    c.relrowsecurity as rls,
    coalesce(obj_description(c.oid, 'pg_class'), '') as comment,
    coalesce((
      select json_agg(json_build_object(
        'name', a.attname,
        'type', format_type(a.atttypid, a.atttypmod),
        'nullable', not a.attnotnull,
        'identity', a.attidentity <> '',
        'primary', exists (select from pg_constraint k
          where k.conrelid = c.oid and k.contype = 'p' and a.attnum = any (k.conkey)),
        'unique', exists (select from pg_constraint k
          where k.conrelid = c.oid and k.contype in ('p', 'u') and k.conkey = array[a.attnum])
      ) order by a.attnum)
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    ), '[]') as columns
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relkind in ('r', 'p', 'f', 'v', 'm') and not c.relispartition
  order by c.relname`

/** Foreign keys from or to a table of the schema. `$1` is the schema. */
export const diagramKeys = sql`
  select k.conname as name,
    json_build_object('schema', fn.nspname, 'table', f.relname, 'columns', (
      select json_agg(a.attname order by place) from unnest(k.conkey) with ordinality as key (number, place)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = key.number)) as "from",
    json_build_object('schema', tn.nspname, 'table', t.relname, 'columns', (
      select json_agg(a.attname order by place) from unnest(k.confkey) with ordinality as key (number, place)
      join pg_attribute a on a.attrelid = k.confrelid and a.attnum = key.number)) as "to",
    exists (select from pg_constraint u
      where u.conrelid = k.conrelid and u.contype in ('p', 'u') and u.conkey <@ k.conkey) as one
  from pg_constraint k
  join pg_class f on f.oid = k.conrelid
  join pg_namespace fn on fn.oid = f.relnamespace
  join pg_class t on t.oid = k.confrelid
  join pg_namespace tn on tn.oid = t.relnamespace
  where k.contype = 'f' and k.conparentid = 0 and $1 in (fn.nspname, tn.nspname)
  order by f.relname, k.conname`
