// The statements that make and remove an index.

import { identifier, join, qualified, type QualifiedName, type Sql, sql } from '../../../../../database/sql.ts'
import { bracketed } from '../../../../database/sql/expression.ts'
import type { NewIndex } from '../index-input.ts'

/** Refuses `platform.expression-invalid`. */
export function createIndex(index: NewIndex, name: string): Sql {
  const words = join(
    [
      sql`create`,
      ...(index.unique ? [sql`unique`] : []),
      sql`index`,
      ...(index.concurrently ? [sql`concurrently`] : []),
    ],
    sql` `,
  )
  const columns = join(index.columns.map(columnOf), sql`, `)
  const where = index.where === null ? sql`` : sql` where ${bracketed('The condition', index.where)}`
  const table = qualified({ schema: index.schema, name: index.table })
  return sql`${words} ${identifier(name)} on ${table} using ${identifier(index.method)} (${columns})${where}`
}

function columnOf(column: NewIndex['columns'][number]): Sql {
  return 'name' in column ? identifier(column.name) : bracketed('The expression', column.expression)
}

/** DROP INDEX; `concurrently` runs outside of a transaction only. */
export function dropIndex(at: QualifiedName, concurrently: boolean): Sql {
  return sql`drop index ${concurrently ? sql`concurrently ` : sql``}${qualified(at)}`
}

/** What a build that failed on the way may have left. */
export function dropRemains(at: QualifiedName): Sql {
  return sql`drop index concurrently if exists ${qualified(at)}`
}

/** Parameters: a schema and an index. */
export const findIndex: Sql = sql`
  select t.relname as "table"
  from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
    join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2`
