// Counting the root's rows apart from fetching them: no limit, no columns, and an inner embed is an EXISTS.

import { type Sql, sql } from '../../../database/sql.ts'
import { qualifierOf } from '../../plan/tree/join-embed.ts'
import type { ReadNode } from '../../plan/tree/read-tree.ts'
import { qualifier } from '../names.ts'
import type { Parameters } from '../parameters.ts'
import { conditionSql, joinSql, whereSql } from './condition.ts'
import { fromSql } from './select.ts'

/** One row for every row the tree would give without its ranges. */
export function countedRowsSql(node: ReadNode, parameters: Parameters): Sql {
  const of = qualifier(qualifierOf(node.source))
  const conditions = node.conditions.map((condition) =>
    conditionSql(of, condition, parameters, ({ joinAlias, negated }) => {
      const embed = node.embeds.find((candidate) => candidate.joinAlias === joinAlias)
      if (embed === undefined) return sql`TRUE`
      const rows = countedRowsSql(embed.node, parameters)
      return negated ? sql`EXISTS (${rows})` : sql`NOT EXISTS (${rows})`
    }),
  )
  const inner = node.embeds
    .filter((embed) => embed.join === 'inner')
    .map((embed) => sql`EXISTS (${countedRowsSql(embed.node, parameters)})`)
  return sql`SELECT 1${fromSql(node)}${whereSql([...conditions, ...node.joins.map(joinSql), ...inner])}`
}
