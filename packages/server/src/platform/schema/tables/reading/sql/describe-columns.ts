// Columns in full.

import { type Sql, sql } from '../../../../../database/sql.ts'

/** Parameters of all statements in this folder that describe one relation: its schema and its name. */
export const relation: Sql = sql`(
  select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p', 'v', 'm', 'f'))`

/** One index with this column alone keeps its values apart. */
const unique: Sql = sql`exists (
  select from pg_index i where i.indrelid = a.attrelid and i.indisunique and i.indnkeyatts = 1 and i.indkey[0] = a.attnum
    and i.indpred is null and i.indisvalid)`

const checks: Sql = sql`(
  select coalesce(jsonb_agg(jsonb_build_object(
    'name', k.conname, 'expression', pg_get_expr(k.conbin, k.conrelid)) order by k.conname), '[]')
  from pg_constraint k where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum])`

const enumValues: Sql = sql`(
  select jsonb_agg(e.enumlabel order by e.enumsortorder)
  from pg_enum e where e.enumtypid in (b.oid, b.typelem, b.typbasetype))`

/** Rows of TableColumn. */
export const describeColumns: Sql = sql`
  select a.attname as name, a.attnum::int as position, format_type(a.atttypid, a.atttypmod) as type,
    case when b.typcategory = 'A' and b.typelem <> 0 then format_type(b.typelem, a.atttypmod) end as element,
    b.typcategory = 'A' and b.typelem <> 0 as "isArray",
    case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end as "default",
    case when a.attgenerated <> '' then pg_get_expr(d.adbin, d.adrelid) end as generated,
    not a.attnotnull as nullable,
    case a.attidentity when 'a' then 'always' when 'd' then 'by default' end as identity,
    ${unique} as "unique",
    exists (select from pg_index i where i.indrelid = a.attrelid and i.indisprimary and a.attnum = any(i.indkey)) as "primaryKey",
    ${enumValues} as "enumValues", col_description(a.attrelid, a.attnum) as comment, ${checks} as checks
  from pg_attribute a
    join pg_type b on b.oid = a.atttypid
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = ${relation} and a.attnum > 0 and not a.attisdropped
  order by a.attnum`

/** Changes whenever a column does: what a form that read it must still find when it saves. */
export const columnsVersion: Sql = sql`
  select md5(coalesce(string_agg(concat_ws('|', a.attnum, quote_ident(a.attname), a.atttypid, a.atttypmod, a.attnotnull,
      a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid)), ',' order by a.attnum), '')) as version
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = ${relation} and a.attnum > 0 and not a.attisdropped`
