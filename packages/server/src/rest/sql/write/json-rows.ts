// A JSON body as rows: one parameter holds it as sent, json_to_record(set) types its columns.

import { identifier, join, literal, type Sql, sql } from '../../../database/sql.ts'
import type { BodyColumn, JsonRows } from '../../plan/plan.ts'
import { fullName, printedByPostgres } from '../names.ts'
import type { Parameters } from '../parameters.ts'

/** What the rows are called in the statement. */
export const bodyRows = identifier('pgrst_body')

/** `FROM …` that gives the body's rows as `pgrst_body`; `most` cuts them. */
export function bodyFromSql(rows: JsonRows, parameters: Parameters, most: 1 | null = null): Sql {
  const type = rows.applyDefaults ? sql`jsonb` : sql`json`
  const payload = sql`(SELECT ${parameters.add(rows.json)}::${type} AS json_data) pgrst_payload`
  const columns = join(rows.columns.map(parsedColumn), sql`, `)
  const cut = most === null ? sql`` : sql` LIMIT 1`
  const parsed = sql`LATERAL (SELECT ${columns} FROM ${recordsSql(rows)}${cut}) ${bodyRows}`
  return sql`FROM ${payload}, ${rows.applyDefaults ? sql`${defaultsSql(rows)}, ` : sql``}${parsed}`
}

function parsedColumn({ name, transform }: BodyColumn): Sql {
  const column = identifier(name)
  return transform === null ? column : sql`${fullName(transform)}(${column}) AS ${column}`
}

function recordsSql({ shape, columns, applyDefaults }: JsonRows): Sql {
  const json = applyDefaults ? sql`pgrst_json_defs.val` : sql`pgrst_payload.json_data`
  const isObject = shape === 'object'
  if (columns.length === 0) {
    // `{}` is one row of defaults; `[{}, {}]` as many as there are elements.
    if (isObject) return sql`(values(1)) _`
    return applyDefaults ? sql`jsonb_array_elements(${json}) _` : sql`json_array_elements(${json}) _`
  }
  const typed = join(
    columns.map(({ name, type }) => sql`${identifier(name)} ${printedByPostgres(type)}`),
    sql`, `,
  )
  return sql`${recordFunction(isObject, applyDefaults)}(${json}) AS _(${typed})`
}

function recordFunction(isObject: boolean, binary: boolean): Sql {
  if (binary) return isObject ? sql`jsonb_to_record` : sql`jsonb_to_recordset`
  return isObject ? sql`json_to_record` : sql`json_to_recordset`
}

/** Each object laid over an object of defaults, so that a missing key is the default and a null stays null. */
function defaultsSql({ columns, shape }: JsonRows): Sql {
  const pairs = columns.flatMap(({ name, defaultExpression }) =>
    defaultExpression === null ? [] : [sql`${literal(name)}, ${printedByPostgres(defaultExpression)}`],
  )
  const defaults = sql`jsonb_build_object(${join(pairs, sql`, `)})`
  if (shape === 'object') return sql`LATERAL (SELECT ${defaults} || pgrst_payload.json_data AS val) pgrst_json_defs`
  return sql`LATERAL (SELECT jsonb_agg(${defaults} || elem) AS val FROM jsonb_array_elements(pgrst_payload.json_data) elem) pgrst_json_defs`
}
