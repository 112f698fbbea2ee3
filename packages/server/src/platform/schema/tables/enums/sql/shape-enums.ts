// Enumerated types: what there is, and the statements that make and change one.

import { identifier, join, literal, qualified, type QualifiedName, type Sql, sql } from '../../../../../database/sql.ts'
import { cascadeIf } from '../../../../database/sql/cascade.ts'
import { inSchema } from '../../../../database/sql/in-schema.ts'
import { commentOn } from '../../shaping/sql/table-words.ts'
import type { EnumChange, NewEnum } from '../enum-input.ts'

/** Parameters: the schema or null for all but the system's; the name or null for all. `usedBy` are columns. */
export const listEnums: Sql = sql`
  select n.nspname as schema, t.typname as name, obj_description(t.oid, 'pg_type') as comment,
    (select coalesce(jsonb_agg(e.enumlabel order by e.enumsortorder), '[]') from pg_enum e where e.enumtypid = t.oid) as values,
    (select coalesce(jsonb_agg(jsonb_build_object('schema', cn.nspname, 'table', c.relname, 'column', a.attname)
        order by cn.nspname, c.relname, a.attnum), '[]')
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace cn on cn.oid = c.relnamespace
      where a.atttypid in (t.oid, t.typarray) and not a.attisdropped and c.relkind in ('r', 'p', 'f')) as "usedBy"
  from pg_type t join pg_namespace n on n.oid = t.typnamespace
  where t.typtype = 'e'
    and ${inSchema}
    and ($2::text is null or t.typname = $2)
  order by n.nspname, t.typname`

/** CREATE TYPE, and its comment. */
export function createEnum({ schema, name, values, comment }: NewEnum): readonly Sql[] {
  const type = qualified({ schema, name })
  return [
    sql`create type ${type} as enum (${join(values.map(literal), sql`, `)})`,
    ...(comment === null || comment === '' ? [] : [commentOn(sql`type ${type}`, comment)]),
  ]
}

/** In the order in which they are run; the new name comes last. */
export function alterEnum(at: QualifiedName, { add, rename, comment, name }: EnumChange): readonly Sql[] {
  const type = qualified(at)
  return [
    ...rename.map(({ from, to }) => sql`alter type ${type} rename value ${literal(from)} to ${literal(to)}`),
    ...add.map(
      ({ value, before, after }) => sql`alter type ${type} add value ${literal(value)}${beside(before, after)}`,
    ),
    ...(comment === undefined ? [] : [commentOn(sql`type ${type}`, comment)]),
    ...(name === undefined || name === at.name ? [] : [sql`alter type ${type} rename to ${identifier(name)}`]),
  ]
}

function beside(before: string | undefined, after: string | undefined): Sql {
  if (before !== undefined) return sql` before ${literal(before)}`
  return after === undefined ? sql`` : sql` after ${literal(after)}`
}

/** DROP TYPE. */
export function dropEnum(at: QualifiedName, cascade: boolean): Sql {
  return sql`drop type ${qualified(at)}${cascadeIf(cascade)}`
}
