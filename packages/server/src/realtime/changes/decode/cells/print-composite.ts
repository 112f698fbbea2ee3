// Rows in their text form: `(1,"a b",)`, where nothing at all is NULL.

import { type PrintCell, printString } from './cell-printer.ts'

export interface PrintedAttribute {
  readonly name: string
  readonly print: PrintCell
}

export function compositePrinter(attributes: readonly PrintedAttribute[]): PrintCell {
  const keys = attributes.map(({ name }) => `${JSON.stringify(name)}:`)
  return (text) => {
    const values = splitRow(text)
    // The type has changed since this row was written.
    if (values === null || values.length !== attributes.length) return printString(text)
    const members = attributes.map(({ print }, index) => {
      const value = values[index] ?? null
      return `${keys[index]}${value === null ? 'null' : print(value)}`
    })
    return `{${members.join(',')}}`
  }
}

/** A quoted field, in which quotes and backslashes stand twice, or a bare one; then what ends it. */
const field = /(?:"((?:[^"\\]|\\[^]|"")*)"|([^,()"]*))([,)])/y
const twice = /\\([^])|"(")/g

function splitRow(text: string): readonly (string | null)[] | null {
  if (!text.startsWith('(')) return null
  if (text === '()') return []
  const values: (string | null)[] = []
  field.lastIndex = 1
  for (let found = field.exec(text); found !== null; found = field.exec(text)) {
    const [, quoted, bare = ''] = found
    values.push(quoted === undefined ? nullIfEmpty(bare) : quoted.replaceAll(twice, '$1$2'))
    if (found[3] === ')') return found.index + found[0].length === text.length ? values : null
  }
  return null
}

function nullIfEmpty(bare: string): string | null {
  return bare === '' ? null : bare
}
