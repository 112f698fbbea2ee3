// Which column a value was meant for that Postgres did not take.

import { DatabaseError } from 'pg'

import { isRefusal, Refusal } from '../../../refusal/refusal.ts'

/**
 * Rethrows Postgres' no with the name of the column, where it names the parameter: `platform.value-refused`.
 * `columns` are those of `$1`, `$2` …
 */
export async function tellColumn<Result>(columns: readonly string[], asked: Promise<Result>): Promise<Result> {
  try {
    return await asked
  } catch (thrown) {
    throw withColumn(thrown, columns)
  }
}

function withColumn(thrown: unknown, columns: readonly string[]): unknown {
  if (!isRefusal(thrown) || thrown.code !== 'postgres.error' || !(thrown.cause instanceof DatabaseError)) return thrown
  const { where, column: named } = thrown.cause
  // The context is translated with the rest, the number is not.
  const parameter = /\$(\d+)/.exec(where ?? '')?.[1]
  const sqlstate = thrown.detail.sqlstate
  const aboutValue = sqlstate.startsWith('22') || sqlstate.startsWith('23')
  const column = parameter === undefined ? named : columns[Number(parameter) - 1]
  const only = aboutValue && new Set(columns).size === 1 ? columns[0] : undefined
  const told = column ?? only
  if (!aboutValue || told === undefined) return thrown
  const { message, detail, hint } = thrown.detail
  return new Refusal('platform.value-refused', { column: told, sqlstate, message, detail, hint }, { cause: thrown })
}
