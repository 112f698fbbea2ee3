// What is wrong in the form before the server is asked, each told at its field.

import type { ColumnForm, TableForm } from './table-form.ts'

export interface ColumnProblems {
  readonly name?: string
  readonly type?: string
}

export interface Problems {
  readonly name?: string
  /** By the column's key. */
  readonly columns: ReadonlyMap<string, ColumnProblems>
}

/** Bytes that Postgres keeps of a name. */
const LONGEST = 63

export function problemsOf(form: TableForm): Problems {
  const table = problemOfName(form.name, 'table')
  const columns = form.columns.map((column): [string, ColumnProblems] => [column.key, inColumn(column, form.columns)])
  return {
    ...(table !== undefined && { name: table }),
    columns: new Map(columns.filter(([, problems]) => Object.keys(problems).length > 0)),
  }
}

/** Whether there are none. */
export function isSound({ name, columns }: Problems): boolean {
  return name === undefined && columns.size === 0
}

function inColumn(column: ColumnForm, all: readonly ColumnForm[]): ColumnProblems {
  const twice = column.name !== '' && all.some(({ key, name }) => key !== column.key && name === column.name)
  const name = twice ? `Two columns are named “${column.name}”` : problemOfName(column.name, 'column')
  return {
    ...(name !== undefined && { name }),
    ...(column.type.trim() === '' && { type: 'Choose a type' }),
  }
}

function problemOfName(name: string, what: string): string | undefined {
  if (name === '') return `The ${what} needs a name`
  if (new TextEncoder().encode(name).length > LONGEST) return `A name has at most ${LONGEST} bytes`
}
