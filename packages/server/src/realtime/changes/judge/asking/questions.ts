// Questions for Postgres, and the rows they are about as it reads them.

import type { AdmittedClass } from '../classes/admitted-class.ts'
import type { Row } from '../evaluating/compile-residual.ts'
import type { PolicyProgram } from '../programs/role-program.ts'

/** Whether one class sees one row of a batch. */
export interface Question {
  readonly asker: AdmittedClass
  readonly program: PolicyProgram
  /** Its place in the batch. */
  readonly row: number
  /** As its values are given, or as it is stored now. */
  readonly about: 'given' | 'stored'
}

const JSON_TYPES = new Set([114, 3802])

/** Whether the policies can be evaluated on the row's values alone, as the stream carries them. */
export function canBeGiven(program: PolicyProgram, row: Row): boolean {
  if (program.needsStoredRow) return false
  return program.columns.every((place) => {
    const [column, cell] = [program.facts.columns[place], row[place]]
    if (column === undefined || cell === undefined) return false
    // A domain may be made of JSON, which is read otherwise than text; and in JSON the value null is the missing one.
    return column.typeKind !== 'domain' && !(JSON_TYPES.has(column.typeOid) && cell?.trim() === 'null')
  })
}

/** Whether its primary key is known, by which the stored row is found. */
export function canBeFound({ key, facts }: PolicyProgram, row: Row): boolean {
  return key.length > 0 && key.every((column) => typeof row[facts.columns.indexOf(column)] === 'string')
}

/** One row as JSON: what the question needs of it. */
export function rowJson({ facts, columns, key }: PolicyProgram, about: Question['about'], row: Row): string {
  const places = about === 'stored' ? key.map((column) => facts.columns.indexOf(column)) : columns
  const members: string[] = []
  for (const place of places) {
    const [column, cell] = [facts.columns[place], row[place]]
    if (column === undefined || cell === undefined || cell === null) continue
    members.push(`${JSON.stringify(column.name)}:${JSON_TYPES.has(column.typeOid) ? cell : JSON.stringify(cell)}`)
  }
  return `{${members.join(',')}}`
}
