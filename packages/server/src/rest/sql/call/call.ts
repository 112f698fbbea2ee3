// A function call as rows.

import type { Parameter, Routine } from '../../../catalog/catalog.ts'
import { identifier, join, type Sql, sql } from '../../../database/sql.ts'
import type { ArgumentValue, CallArguments, CallPlan } from '../../plan/plan.ts'
import { isScalar } from '../body.ts'
import { columnOf, fullName, printedByPostgres } from '../names.ts'
import { arrayLiteral, type Parameters } from '../parameters.ts'
import { bodyFromSql, bodyRows } from '../write/json-rows.ts'

const called = identifier('pgrst_call')

/** `SELECT … FROM function(arguments)`: rows of its result, or `pgrst_scalar`. */
export function callSql({ routine, arguments: given, returning }: CallPlan, parameters: Parameters): Sql {
  const columns = isScalar(routine)
    ? sql`${called}.pgrst_scalar`
    : join(
        returning.map((name) => columnOf(called, name)),
        sql`, `,
      )
  if (given.kind !== 'json') {
    return sql`SELECT ${columns} FROM ${invokedSql(routine, argumentsSql(given, parameters))}`
  }
  const rows = {
    json: given.json,
    shape: given.shape,
    columns: given.parameters.map(({ name, castType }) => ({
      name,
      type: castType,
      transform: null,
      defaultExpression: null,
    })),
    applyDefaults: false,
  }
  const from = bodyFromSql(rows, parameters, 1)
  const passed = given.parameters.map((parameter) => named(parameter, columnOf(bodyRows, parameter.name)))
  return sql`SELECT ${columns} ${from}, LATERAL ${invokedSql(routine, join(passed, sql`, `))}`
}

/** A scalar is selected; rows stand in FROM, where a simple function can be inlined. */
function invokedSql(routine: Routine, passed: Sql): Sql {
  const call = sql`${fullName(routine)}(${passed})`
  return isScalar(routine) ? sql`(SELECT ${call} pgrst_scalar) ${called}` : sql`${call} ${called}`
}

function argumentsSql(given: Exclude<CallArguments, { readonly kind: 'json' }>, parameters: Parameters): Sql {
  switch (given.kind) {
    case 'none':
      return sql``
    case 'whole':
      return sql`${parameters.add(wholeText(given.value, given.type))}::${printedByPostgres(given.type)}`
    case 'direct': {
      const passed = given.values.map(({ parameter, value }) =>
        named(parameter, sql`${parameters.add(valueText(value))}::${printedByPostgres(parameter.castType)}`),
      )
      return join(passed, sql`, `)
    }
  }
}

function named({ name, variadic }: Parameter, value: Sql): Sql {
  const passed = sql`${identifier(name)} := ${value}`
  return variadic ? sql`VARIADIC ${passed}` : passed
}

function valueText(value: ArgumentValue): string {
  return value.kind === 'single' ? value.text : arrayLiteral(value.texts)
}

function wholeText(value: string | Buffer | null, type: string): string | null {
  if (value === null || typeof value === 'string') return value
  return type === 'bytea' ? `\\x${value.toString('hex')}` : value.toString('utf8')
}
