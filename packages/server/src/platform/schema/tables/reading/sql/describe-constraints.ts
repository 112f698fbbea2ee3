// Constraints, foreign keys in both directions, indexes and triggers of one relation.

import { type Sql, sql } from '../../../../../database/sql.ts'
import { relation } from './describe-columns.ts'

/** Names of columns by their numbers, in the order of the numbers. */
const columnNames = (table: Sql, numbers: Sql): Sql => sql`(
  select coalesce(jsonb_agg(a.attname order by key.place), '[]')
  from unnest(${numbers}) with ordinality as key (number, place)
    join pg_attribute a on a.attrelid = ${table} and a.attnum = key.number)`

const action = (letter: Sql): Sql => sql`case ${letter} when 'a' then 'no action' when 'r' then 'restrict'
  when 'c' then 'cascade' when 'n' then 'set null' else 'set default' end`

/** Rows of a TableDetail’s `constraints`. */
export const describeConstraints: Sql = sql`
  select k.conname as name,
    case k.contype when 'p' then 'primary key' when 'u' then 'unique' when 'c' then 'check' when 'f' then 'foreign key'
      when 'x' then 'exclusion' when 'n' then 'not null' else 'trigger' end as kind,
    ${columnNames(sql`k.conrelid`, sql`k.conkey`)} as columns, pg_get_constraintdef(k.oid) as definition,
    k.convalidated as validated
  from pg_constraint k where k.conrelid = ${relation}
  order by k.contype = 'n', k.conname`

const foreignKeys = (end: Sql): Sql => sql`
  select k.conname as name,
    n.nspname as schema, c.relname as "table", ${columnNames(sql`k.conrelid`, sql`k.conkey`)} as columns,
    rn.nspname as "referencedSchema", r.relname as "referencedTable",
    ${columnNames(sql`k.confrelid`, sql`k.confkey`)} as "referencedColumns",
    ${action(sql`k.confdeltype`)} as "onDelete", ${action(sql`k.confupdtype`)} as "onUpdate"
  from pg_constraint k
    join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_class r on r.oid = k.confrelid join pg_namespace rn on rn.oid = r.relnamespace
  where k.contype = 'f' and k.conparentid = 0 and ${end} = ${relation}
  order by k.conname, n.nspname, c.relname`

/** Those of the relation itself. */
export const describeForeignKeys: Sql = foreignKeys(sql`k.conrelid`)

/** Those, of others or its own, that refer to it. */
export const describeReferences: Sql = foreignKeys(sql`k.confrelid`)

/** Rows of a TableDetail’s `triggers`. */
export const describeTriggers: Sql = sql`
  select t.tgname as name, t.tgenabled <> 'D' as enabled, pg_get_triggerdef(t.oid) as definition
  from pg_trigger t where t.tgrelid = ${relation} and not t.tgisinternal
  order by t.tgname`
