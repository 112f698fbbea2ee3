// Which column a value was meant for that Postgres did not take.

import { DatabaseError } from 'pg'

import { isRefusal, Refusal } from '../../../refusal/refusal.ts'
import type { Relation } from '../relation/relation.ts'
import { misfit } from './misfit.ts'

/** What was to be written, by column. */
export interface Written {
  readonly relation: Relation
  readonly values: Readonly<Record<string, string | null>>
}

/**
 * Rethrows Postgres' no to a value with the name of the column, as far as that can be known: `platform.value-refused`.
 * `columns` are those of `$1`, `$2` …
 */
export async function tellColumn<Result>(
  columns: readonly string[],
  asked: Promise<Result>,
  written?: Written,
): Promise<Result> {
  try {
    return await asked
  } catch (thrown) {
    throw withColumn(thrown, columns, written)
  }
}

function withColumn(thrown: unknown, columns: readonly string[], written: Written | undefined): unknown {
  if (!isRefusal(thrown) || thrown.code !== 'postgres.error' || !(thrown.cause instanceof DatabaseError)) return thrown
  const { sqlstate, message, detail, hint } = thrown.detail
  // Data exceptions and violated constraints; everything else is not about a value.
  if (!sqlstate.startsWith('22') && !sqlstate.startsWith('23')) return thrown
  const column = thrown.cause.column ?? columns[parameterOf(thrown.cause)] ?? onlyOne(columns, sqlstate, written)
  if (column === undefined) return thrown
  return new Refusal('platform.value-refused', { column, sqlstate, message, detail, hint }, { cause: thrown })
}

/** Postgres' context names the parameter; it is translated with the rest, the number is not. */
function parameterOf({ where }: DatabaseError): number {
  return Number(/\$(\d+)/.exec(where ?? '')?.[1] ?? 0) - 1
}

function onlyOne(columns: readonly string[], sqlstate: string, written: Written | undefined): string | undefined {
  if (written === undefined) return new Set(columns).size === 1 ? columns[0] : undefined
  const names = Object.keys(written.values)
  return names.length === 1 ? names[0] : misfit(written, sqlstate)
}
