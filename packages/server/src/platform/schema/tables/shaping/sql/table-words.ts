// Words that several statements about a relation share.

import { identifier, literal, qualified, type QualifiedName, type Sql, sql } from '../../../../../database/sql.ts'
import type { TableSummary } from '../../reading/table.ts'

const words: Readonly<Record<TableSummary['kind'], Sql>> = {
  table: sql`table`,
  'partitioned-table': sql`table`,
  view: sql`view`,
  'materialized-view': sql`materialized view`,
  'foreign-table': sql`foreign table`,
}

/** The kind's word in COMMENT ON, ALTER and DROP. */
export function kindWord(kind: TableSummary['kind']): Sql {
  return words[kind]
}

/** An empty text removes the comment, as null does. */
export function commentOn(what: Sql, comment: string | null): Sql {
  return sql`comment on ${what} is ${comment === null ? sql`null` : literal(comment)}`
}

/** An empty text removes the comment, as null does. */
export function commentOnColumn(table: QualifiedName, column: string, comment: string | null): Sql {
  return commentOn(sql`column ${qualified(table)}.${identifier(column)}`, comment)
}

/** Whether Realtime announces the table. */
export function publishTable(table: QualifiedName, published: boolean): Sql {
  const verb = published ? sql`add` : sql`drop`
  return sql`alter publication ${identifier('supabase_realtime')} ${verb} table ${qualified(table)}`
}

/** ENABLE or DISABLE ROW LEVEL SECURITY. */
export function rowSecurity(table: QualifiedName, enabled: boolean): Sql {
  return sql`alter table ${qualified(table)} ${enabled ? sql`enable` : sql`disable`} row level security`
}
