// What the catalogs say about tables and views. The catalogs are everybody's to read, so that it works as any role.

import { type Sql, sql } from '../../../../database/sql.ts'

const heads: Sql = sql`
  select c.oid::text as oid, has_table_privilege(c.oid, 'select') as whole, n.nspname as schema, c.relname as name,
    case c.relkind when 'r' then 'table' when 'p' then 'partitioned' when 'v' then 'view'
      when 'm' then 'materialized' else 'foreign' end as kind,
    obj_description(c.oid, 'pg_class') as comment, c.relrowsecurity as rls,
    (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
    case when c.reltuples >= 0 and c.relkind <> 'v' then c.reltuples::float8 end as estimate
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f')`

/** The relations of schema `$1` by name; partitions stand for themselves nowhere but in their parent. */
export const relationsOfSchema: Sql = sql`${heads} and n.nspname = $1 and not c.relispartition order by c.relname`

/** The relation `$1.$2`. */
export const relationByName: Sql = sql`${heads} and n.nspname = $1 and c.relname = $2`

/** The columns of the relation with oid `$1`, in its order. */
export const columnsOfRelation: Sql = sql`
  select a.attname as name, format_type(a.atttypid, a.atttypmod) as type, t.typcategory as category,
    b.typname as base, not a.attnotnull and not t.typnotnull as nullable,
    pg_get_expr(d.adbin, d.adrelid) as default, col_description(a.attrelid, a.attnum) as comment,
    case when a.attgenerated <> '' then 'generated' when a.attidentity = 'a' then 'always'
      when a.attidentity = 'd' then 'identity' else 'ordinary' end as given,
    (select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = b.oid) as choices,
    b.typlen = -1 and b.typname not in ('numeric', 'inet', 'cidr', 'bit', 'varbit') as long,
    has_column_privilege(a.attrelid, a.attnum, 'select') as readable
  from pg_attribute a
    join pg_type t on t.oid = a.atttypid
    join pg_type b on b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped
  order by a.attnum`

/** The primary key's columns of the relation with oid `$1`. */
export const keyOfRelation: Sql = sql`
  select a.attname as name
  from pg_index i
    cross join unnest(i.indkey::int2[]) with ordinality as k(attnum, place)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
  where i.indrelid = $1::oid and i.indisprimary
  order by k.place`

/** The foreign keys of the relation with oid `$1`. */
export const referencesOfRelation: Sql = sql`
  select json_build_object('schema', n.nspname, 'name', r.relname) as table,
    (select json_agg(a.attname order by k.place) from unnest(f.conkey) with ordinality as k(attnum, place)
      join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.attnum) as columns,
    (select json_agg(a.attname order by k.place) from unnest(f.confkey) with ordinality as k(attnum, place)
      join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.attnum) as "to"
  from pg_constraint f
    join pg_class r on r.oid = f.confrelid
    join pg_namespace n on n.oid = r.relnamespace
  where f.conrelid = $1::oid and f.contype = 'f'
  order by f.conname`
