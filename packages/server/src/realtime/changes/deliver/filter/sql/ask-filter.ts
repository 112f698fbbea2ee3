// What this process cannot decide, one statement for all rows of one filter.

import { join, type Sql, sql } from '../../../../../database/sql.ts'
import type { Rows, Statement } from '../../../../../database/statement.ts'
import type { Filter } from '../compile/compile-filter.ts'
import { createBinding } from './binding.ts'
import { conditionSql } from './condition-sql.ts'

/** `rows` holds, for each row, the cells of the filter's conditions in their order. */
export function askFilterStatement(filter: Filter, rows: readonly (readonly (string | null)[])[]): Statement {
  const { bind, values } = createBinding()
  const source = sql`pg_catalog.json_array_elements(${bind(JSON.stringify(rows))}::pg_catalog.json)`
  const conditions = filter.conditions.map(({ condition, type }, at) =>
    conditionSql(condition, sql`asked.cells ->> ${`${at}` as Sql}`, type, bind),
  )
  const text = sql`
    select coalesce(${join(conditions, sql` and `)}, false)::pg_catalog.text
    from ${source} with ordinality as asked (cells, place)
    order by asked.place`
  return { kind: 'statement', text, values }
}

/** Whether each row matches. */
export function readAsked({ rows }: Rows): readonly boolean[] {
  return rows.map(([answer]) => answer === 'true')
}
