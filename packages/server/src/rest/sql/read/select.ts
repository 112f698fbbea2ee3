// The select tree as nested queries: every embed is a lateral join, to-one as a row, to-many as an array.

import { identifier, join, type Sql, sql } from '../../../database/sql.ts'
import type { Embed, ReadNode, SelectedField, Source, SpreadField } from '../../plan/tree/read-tree.ts'
import { qualifierOf } from '../../plan/tree/join-embed.ts'
import { columnOf, fullName, qualifier, resultRows } from '../names.ts'
import type { Parameters } from '../parameters.ts'
import { conditionSql, joinSql, whereSql } from './condition.ts'
import { aggregateSql, fieldSql, selectedSql } from './field.ts'
import { orderSql, rangeSql } from './order.ts'

/** One query of the tree with everything below it. */
export function selectSql(node: ReadNode, parameters: Parameters): Sql {
  const of = qualifier(qualifierOf(node.source))
  const selected = [
    ...ownFields(node, of, parameters),
    ...node.orderFields.map((extra) =>
      selectedSql(extra.joinAlias === null ? of : identifier(extra.joinAlias), extra.selected, parameters),
    ),
    ...node.embeds.flatMap(shownSql),
  ]
  const from = fromSql(node)
  const joins = join(
    node.embeds.map((embed) => lateralSql(embed, parameters)),
    sql``,
  )
  const where = whereSql([
    ...node.conditions.map((condition) => conditionSql(of, condition, parameters)),
    ...node.joins.map(joinSql),
  ])
  const group = groupSql(node, of, parameters)
  const order = orderSql(of, node.order, parameters)
  const range = rangeSql(node.range, parameters)
  return sql`SELECT ${join(selected, sql`, `)}${from}${joins}${where}${group}${order}${range}`
}

/** ` FROM …` of one query, with a junction beside it. */
export function fromSql({ source, junction }: ReadNode): Sql {
  const beside = junction === null ? sql`` : sql`, ${fullName(junction)}`
  const alias = source.alias === null ? sql`` : sql` AS ${identifier(source.alias)}`
  return sql` FROM ${sourceSql(source)}${alias}${beside}`
}

function sourceSql(source: Source): Sql {
  switch (source.kind) {
    case 'relation':
      return fullName(source.name)
    case 'result':
      return resultRows
    case 'computed':
      // The cast picks the overload: rows of a mutation or a call have no declared type.
      return sql`${fullName(source.function)}(${identifier(source.row)}::${fullName(source.rowOf)})`
  }
}

/** A query that selects nothing at all takes everything; what is not wanted is left out where rows become JSON. */
function ownFields({ fields, embeds }: ReadNode, of: Sql, parameters: Parameters): readonly Sql[] {
  if (fields.length === 0 && embeds.length === 0) return [sql`${of}.*`]
  return fields.map((field) => selectedSql(of, field, parameters))
}

function shownSql({ shown, joinAlias }: Embed): readonly Sql[] {
  const alias = identifier(joinAlias)
  switch (shown.kind) {
    case 'object':
      return shown.empty ? [] : [sql`row_to_json(${alias}.*)::jsonb AS ${identifier(shown.key)}`]
    case 'array':
      return shown.empty ? [] : [sql`COALESCE( ${alias}.${alias}, '[]') AS ${identifier(shown.key)}`]
    case 'spread-object':
    case 'spread-arrays':
      return shown.fields.map((field) => spreadSql(alias, field))
  }
}

function spreadSql(of: Sql, { name, alias, aggregate }: SpreadField): Sql {
  const column = columnOf(of, name)
  if (aggregate === null) return column
  const value = aggregateSql(aggregate.function, aggregate.cast, column)
  return alias === null ? value : sql`${value} AS ${identifier(alias)}`
}

function lateralSql(embed: Embed, parameters: Parameters): Sql {
  const alias = identifier(embed.joinAlias)
  const kind = embed.join === 'inner' ? sql`INNER` : sql`LEFT`
  const rows = selectSql(embed.node, parameters)
  const { shown } = embed
  if (shown.kind === 'object' || shown.kind === 'spread-object') {
    return sql` ${kind} JOIN LATERAL ( ${rows} ) AS ${alias} ON TRUE`
  }
  const order = shown.kind === 'spread-arrays' ? orderSql(alias, shown.order, parameters) : sql``
  const columns = shown.kind === 'spread-arrays' ? shown.fields.map((field) => arrayColumn(alias, field, order)) : []
  const selected = join([sql`json_agg(${alias})::jsonb AS ${alias}`, ...columns], sql`, `)
  const on = embed.join === 'inner' ? sql`${alias} IS NOT NULL` : sql`TRUE`
  return sql` ${kind} JOIN LATERAL ( SELECT ${selected} FROM (${rows}) AS ${alias} ) AS ${alias} ON ${on}`
}

function arrayColumn(of: Sql, { name }: SpreadField, order: Sql): Sql {
  return sql`COALESCE(json_agg(${columnOf(of, name)}${order}),'[]')::jsonb AS ${identifier(name)}`
}

/** With an aggregate anywhere in the row, everything else in it is what is grouped by. */
function groupSql(node: ReadNode, of: Sql, parameters: Parameters): Sql {
  const spread = node.embeds.flatMap((embed) => ('fields' in embed.shown ? embed.shown.fields : []))
  const isAggregated = [...node.fields, ...spread].some(({ aggregate }) => aggregate !== null)
  if (!isAggregated) return sql``
  const terms = [
    ...node.fields.filter(({ aggregate }) => aggregate === null).map((field) => groupTerm(of, field, parameters)),
    ...node.embeds.flatMap(groupedEmbed),
  ]
  return terms.length === 0 ? sql`` : sql` GROUP BY ${join(terms, sql`, `)}`
}

function groupTerm(of: Sql, { field, alias }: SelectedField, parameters: Parameters): Sql {
  if (alias !== null) return identifier(alias)
  return 'name' in field ? fieldSql(of, field, parameters) : of
}

function groupedEmbed({ shown, joinAlias }: Embed): readonly Sql[] {
  if (!('fields' in shown)) return shown.empty ? [] : [identifier(shown.key)]
  const plain = shown.fields.filter(({ aggregate }) => aggregate === null)
  return plain.map(({ name }) => columnOf(identifier(joinAlias), name))
}
