// Conditions: filters, logic trees, joins. One operator table; every value is a parameter.

import { identifier, join, type Sql, sql } from '../../../database/sql.ts'
import type { Condition, JoinCondition, ResolvedField, ResolvedFilter } from '../../plan/tree/read-tree.ts'
import type { Operation, SimpleOperator, TextSearchOperator } from '../../request/api-request.ts'
import { columnOf, qualifier } from '../names.ts'
import { arrayLiteral, type Parameters } from '../parameters.ts'
import { fieldSql, transformed } from './field.ts'

/** How a question about an embed is put: to its join, or in a count to a subquery of its own. */
type EmbedCondition = (condition: Extract<Condition, { readonly kind: 'embed-null' }>) => Sql

/** One condition, `of` being the qualifier of the query's columns. */
export function conditionSql(
  of: Sql,
  condition: Condition,
  parameters: Parameters,
  ofEmbed: EmbedCondition = joinedEmbed,
): Sql {
  switch (condition.kind) {
    case 'filter':
      return filterSql(of, condition.filter, parameters)
    case 'embed-null':
      return ofEmbed(condition)
    case 'and':
    case 'or': {
      const members = condition.members.map((member) => conditionSql(of, member, parameters, ofEmbed))
      const joined = join(members, condition.kind === 'and' ? sql` AND ` : sql` OR `)
      return condition.negated ? sql`NOT (${joined})` : sql`(${joined})`
    }
  }
}

/** Equality of a join. */
export function joinSql({ left, right }: JoinCondition): Sql {
  return sql`${columnOf(qualifier(left.of), left.column)} = ${columnOf(qualifier(right.of), right.column)}`
}

/** ` WHERE …`, or nothing. */
export function whereSql(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`` : sql` WHERE ${join(conditions, sql` AND `)}`
}

function joinedEmbed({ joinAlias, negated }: Extract<Condition, { readonly kind: 'embed-null' }>): Sql {
  const alias = identifier(joinAlias)
  return negated ? sql`${alias} IS DISTINCT FROM NULL` : sql`${alias} IS NOT DISTINCT FROM NULL`
}

function filterSql(of: Sql, filter: ResolvedFilter, parameters: Parameters): Sql {
  const { operation, negated } = filter
  const subject = subjectSql(of, filter, parameters)
  const asked = sql`${subject} ${operationSql(operation, filter.field, parameters)}`
  return negated ? sql`NOT ${asked}` : asked
}

function subjectSql(of: Sql, { field, operation, wrapsTextSearch }: ResolvedFilter, parameters: Parameters): Sql {
  const value = fieldSql(of, field, parameters)
  if (!wrapsTextSearch || operation.kind !== 'text-search') return value
  return sql`to_tsvector(${languageSql(operation.language, parameters)}${value})`
}

const operators: Readonly<Record<SimpleOperator, Sql>> = {
  eq: sql`=`,
  neq: sql`<>`,
  gt: sql`>`,
  gte: sql`>=`,
  lt: sql`<`,
  lte: sql`<=`,
  like: sql`like`,
  ilike: sql`ilike`,
  match: sql`~`,
  imatch: sql`~*`,
  cs: sql`@>`,
  cd: sql`<@`,
  ov: sql`&&`,
  sl: sql`<<`,
  sr: sql`>>`,
  nxr: sql`&<`,
  nxl: sql`&>`,
  adj: sql`-|-`,
}

const textSearches: Readonly<Record<TextSearchOperator, Sql>> = {
  fts: sql`to_tsquery`,
  plfts: sql`plainto_tsquery`,
  phfts: sql`phraseto_tsquery`,
  wfts: sql`websearch_to_tsquery`,
}

const truths = {
  null: sql`IS NULL`,
  not_null: sql`IS NOT NULL`,
  true: sql`IS TRUE`,
  false: sql`IS FALSE`,
  unknown: sql`IS UNKNOWN`,
} as const

function operationSql(operation: Operation, field: ResolvedField, parameters: Parameters): Sql {
  switch (operation.kind) {
    case 'simple':
      return sql`${operators[operation.operator]} ${simpleOperand(operation, field, parameters)}`
    case 'in':
      return sql`= ANY(${listSql(operation.values, field, parameters)})`
    case 'is':
      return truths[operation.value]
    case 'is-distinct':
      return sql`IS DISTINCT FROM ${parameters.add(operation.value)}`
    case 'text-search': {
      const query = sql`${languageSql(operation.language, parameters)}${parameters.add(operation.value)}`
      return sql`@@ ${textSearches[operation.operator]}(${query})`
    }
  }
}

function simpleOperand(
  { operator, quantifier, value }: Extract<Operation, { readonly kind: 'simple' }>,
  field: ResolvedField,
  parameters: Parameters,
): Sql {
  const isPattern = operator === 'like' || operator === 'ilike'
  const operand = isPattern
    ? parameters.add(value.replaceAll('*', '%'))
    : transformed(field.transform, parameters.add(value))
  if (quantifier === null) return operand
  return quantifier === 'any' ? sql`ANY(${operand})` : sql`ALL(${operand})`
}

/** One array parameter; with a representation, each element goes through its function. */
function listSql(values: readonly string[], { transform }: ResolvedField, parameters: Parameters): Sql {
  const list = parameters.add(arrayLiteral(values))
  return transform === null ? list : sql`SELECT ${transformed(transform, sql`unnest(${list}::text[])`)}`
}

function languageSql(language: string | null, parameters: Parameters): Sql {
  return language === null ? sql`` : sql`${parameters.add(language)}, `
}
