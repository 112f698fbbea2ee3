// Where a key that is new goes in a TOML document: beside its table's other keys, else under a header of its own at
// the end of the file.

import { printTomlKey } from './print-toml-value.ts'
import { isWithin, type KeyPath, type Pair, type Statement } from './toml-statements.ts'

/** Insert at `at`: `before`, then `key` and its value. */
export interface Place {
  readonly at: number
  readonly before: string
  readonly key: string
}

/** The place for the last part of `path`, which no statement names yet. */
export function placeOfNewPair(text: string, statements: readonly Statement[], path: KeyPath): Place {
  const table = path.slice(0, -1)
  const header = statements.findIndex(({ kind, path: own }) => kind === 'header' && same(own, table))
  if (header !== -1) return afterSection(text, statements, header, path.slice(table.length))
  const sibling = statements.findLast((statement): statement is Pair => sharesDottedTable(statement, table))
  if (sibling !== undefined) return after(text, sibling.end, printTomlKey(path.slice(sibling.section.length)))
  if (table.length === 0) return atTheTop(text, statements, path)
  const gap = text === '' || /\n[ \t]*\r?\n$/.test(text) ? '' : text.endsWith('\n') ? '\n' : '\n\n'
  return { at: text.length, before: `${gap}[${printTomlKey(table)}]\n`, key: printTomlKey(path.slice(-1)) }
}

/** A table that dotted keys have begun can be continued by dotted keys alone. */
function sharesDottedTable(statement: Statement, table: KeyPath): statement is Pair {
  if (statement.kind === 'header') return false
  const { path, section } = statement
  const shortest = path.slice(0, section.length + 1)
  return path.length > shortest.length && isWithin(table, shortest)
}

function afterSection(text: string, statements: readonly Statement[], header: number, key: KeyPath): Place {
  let last = statements[header]
  for (const statement of statements.slice(header + 1)) {
    if (statement.kind === 'header') break
    last = statement
  }
  return after(text, last?.end ?? text.length, printTomlKey(key))
}

function atTheTop(text: string, statements: readonly Statement[], path: KeyPath): Place {
  const firstHeader = statements.findIndex(({ kind }) => kind === 'header')
  const last = statements[(firstHeader === -1 ? statements.length : firstHeader) - 1]
  return after(text, last?.end ?? 0, printTomlKey(path))
}

/** The last line of a file may lack its newline. */
function after(text: string, at: number, key: string): Place {
  return { at, before: at > 0 && text[at - 1] !== '\n' ? '\n' : '', key }
}

function same(path: KeyPath, other: KeyPath): boolean {
  return path.length === other.length && isWithin(path, other)
}
