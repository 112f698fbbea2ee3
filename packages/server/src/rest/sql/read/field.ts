// One field of a query: the column, its way into JSON, its representation.

import type { RelationName } from '../../../catalog/catalog.ts'
import { identifier, type Sql, sql } from '../../../database/sql.ts'
import type { ResolvedField, SelectedField } from '../../plan/tree/read-tree.ts'
import type { JsonStep } from '../../request/api-request.ts'
import { columnOf, fullName, writtenType } from '../names.ts'
import type { Parameters } from '../parameters.ts'

/** The field's value as stored, `of` being the qualifier of its query. */
export function fieldSql(of: Sql, field: ResolvedField, parameters: Parameters): Sql {
  const column = columnOf(of, field.name)
  if (field.path.length === 0) return column
  const json = field.toJsonb ? sql`to_jsonb(${column})` : column
  return field.path.reduce((value, step) => sql`${value}${stepSql(step, parameters)}`, json)
}

/** The field as selected: represented, cast, aggregated, named. */
export function selectedSql(of: Sql, selected: SelectedField, parameters: Parameters): Sql {
  const { field, cast, aggregate, alias } = selected
  const value = 'name' in field ? transformed(field.transform, fieldSql(of, field, parameters)) : of
  const aggregated =
    aggregate === null ? castTo(cast, value) : aggregateSql(aggregate.function, aggregate.cast, castTo(cast, value))
  return alias === null ? aggregated : sql`${aggregated} AS ${identifier(alias)}`
}

const aggregates = { count: sql`COUNT`, sum: sql`SUM`, avg: sql`AVG`, max: sql`MAX`, min: sql`MIN` } as const

/** An aggregate over a value, cast at last. */
export function aggregateSql(name: keyof typeof aggregates, cast: string | null, value: Sql): Sql {
  return castTo(cast, sql`${aggregates[name]}(${value})`)
}

/** A value through a representation's function, where there is one. */
export function transformed(transform: RelationName | null, value: Sql): Sql {
  return transform === null ? value : sql`${fullName(transform)}(${value})`
}

function castTo(type: string | null, value: Sql): Sql {
  return type === null ? value : sql`CAST( ${value} AS ${writtenType(type)} )`
}

function stepSql(step: JsonStep, parameters: Parameters): Sql {
  const operand = 'key' in step ? parameters.add(step.key) : sql`${parameters.add(step.index)}::int`
  return step.arrow === '->' ? sql`->${operand}` : sql`->>${operand}`
}
