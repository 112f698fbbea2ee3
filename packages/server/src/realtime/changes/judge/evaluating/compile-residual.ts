// Residuals as closures. Parts are evaluated from left to right and no further than needed, as Postgres does: what it
// would not have come to need not be asked.

import type { Cell } from '../../change.ts'
import type { Residual } from '../programs/reading/residual.ts'
import type { Value } from './class-values.ts'
import { ASK, FALSE, TRUE, type Truth, UNKNOWN } from './truth.ts'

/** A row by the columns of the table's facts; `undefined` for what the stream does not carry. */
export type Row = readonly Cell[]

export type Test = (row: Row, values: readonly Value[]) => Truth

export function compileResidual(residual: Residual): Test {
  switch (residual.kind) {
    case 'all':
      return all(residual.parts.map(compileResidual))
    case 'any':
      return any(residual.parts.map(compileResidual))
    case 'not':
      return not(compileResidual(residual.part))
    case 'truth':
      return truth(compileResidual(residual.part), residual.is)
    case 'equal':
      return equal(residual.column, residual.value)
    case 'distinct':
      return distinct(residual.column, residual.value)
    case 'same':
      return same(residual.column, residual.other)
    case 'member':
      return member(residual.column, residual.value)
    case 'null':
      return isNull(residual.column)
    case 'column':
      return (row) => truthOf(row[residual.column])
    case 'value':
      return (_, values) => truthOf(values[residual.value])
    case 'opaque':
      return () => ASK
  }
}

function all(tests: readonly Test[]): Test {
  return (row, values) => {
    let result: Truth = TRUE
    for (const test of tests) {
      const found = test(row, values)
      if (found === FALSE || found === ASK) return found
      if (found === UNKNOWN) result = UNKNOWN
    }
    return result
  }
}

function any(tests: readonly Test[]): Test {
  return (row, values) => {
    let result: Truth = FALSE
    for (const test of tests) {
      const found = test(row, values)
      if (found === TRUE || found === ASK) return found
      if (found === UNKNOWN) result = UNKNOWN
    }
    return result
  }
}

function not(test: Test): Test {
  return (row, values) => {
    const found = test(row, values)
    if (found === TRUE) return FALSE
    return found === FALSE ? TRUE : found
  }
}

function truth(test: Test, is: 'true' | 'false' | 'unknown'): Test {
  const wanted = is === 'unknown' ? UNKNOWN : truths[is]
  return (row, values) => {
    const found = test(row, values)
    if (found === ASK) return found
    return found === wanted ? TRUE : FALSE
  }
}

const truths: Readonly<Record<'true' | 'false', Truth>> = { true: TRUE, false: FALSE }

function equal(column: number, value: number): Test {
  return (row, values) => {
    const cell = row[column]
    const wanted = values[value]
    if (cell === undefined) return ASK
    if (cell === null || wanted === null) return UNKNOWN
    return cell === wanted ? TRUE : FALSE
  }
}

function distinct(column: number, value: number): Test {
  return (row, values) => {
    const cell = row[column]
    const other = values[value]
    if (cell === undefined) return ASK
    return cell === other ? FALSE : TRUE
  }
}

function same(column: number, other: number): Test {
  return (row) => {
    const [one, another] = [row[column], row[other]]
    if (one === undefined || another === undefined) return ASK
    if (one === null || another === null) return UNKNOWN
    return one === another ? TRUE : FALSE
  }
}

/** Postgres finds nothing in an empty array even for NULL. */
function member(column: number, value: number): Test {
  return (row, values) => {
    const cell = row[column]
    const elements = values[value]
    if (cell === undefined) return ASK
    if (elements === null || elements === undefined || typeof elements === 'string') return UNKNOWN
    if (elements.texts.size === 0 && !elements.hasNull) return FALSE
    if (cell === null) return UNKNOWN
    if (elements.texts.has(cell)) return TRUE
    return elements.hasNull ? UNKNOWN : FALSE
  }
}

function isNull(column: number): Test {
  return (row) => {
    const cell = row[column]
    if (cell === undefined) return ASK
    return cell === null ? TRUE : FALSE
  }
}

/** Postgres prints booleans as `t` and `f`. */
function truthOf(value: Value | undefined): Truth {
  if (value === undefined) return ASK
  if (value === null) return UNKNOWN
  return value === 't' ? TRUE : FALSE
}
