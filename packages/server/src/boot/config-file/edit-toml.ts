// Changes single keys of a TOML document and nothing else: comments, order and every other byte stay. What comes out
// is read again and compared with what was meant; where that cannot be reached, nothing is changed and a reason given.

import { isDeepStrictEqual } from 'node:util'

import { parse } from 'smol-toml'

import { placeOfNewPair } from './place-new-pair.ts'
import { printTomlValue, type TomlValue } from './print-toml-value.ts'
import { removeStatements } from './remove-statements.ts'
import { isWithin, type KeyPath, type Pair, type Statement, tomlStatements } from './toml-statements.ts'

/** One change: a key gets a value, or a key or a whole table goes. */
export type TomlEdit =
  | { readonly kind: 'set'; readonly path: KeyPath; readonly value: TomlValue }
  | { readonly kind: 'remove'; readonly path: KeyPath }

/** Why a document cannot be changed as asked; `key` is the dotted name. */
export class TomlEditImpossible extends Error {
  override readonly name = 'TomlEditImpossible'
  readonly key: string

  constructor(path: KeyPath, reason: string) {
    super(reason)
    this.key = path.join('.')
  }
}

type Table = Record<string, unknown>

/** The document after all edits, in their order. Throws TomlEditImpossible, and what the parser throws for a broken one. */
export function editToml(text: string, edits: readonly TomlEdit[]): string {
  const meant: Table = parse(text)
  let result = text
  for (const edit of edits) {
    result = edit.kind === 'set' ? setValue(result, edit.path, edit.value) : removeStatements(result, edit.path)
    change(meant, edit)
  }
  if (!isDeepStrictEqual(withoutEmptyTables(readBack(result, edits)), withoutEmptyTables(meant))) {
    throw impossible(edits, 'the file would not read back as intended; change it by hand')
  }
  return result
}

function setValue(text: string, path: KeyPath, value: TomlValue): string {
  const statements = tomlStatements(text)
  const inArray = statements.find(
    (statement) => statement.kind === 'header' && statement.array && isWithin(path, statement.path),
  )
  if (inArray !== undefined) throw new TomlEditImpossible(path, 'it lies in an array of tables; change it by hand')
  const holder = holderOf(statements, path)
  if (holder !== null) return replaceValue(text, path, holder, value)
  const { at, before, key } = placeOfNewPair(text, statements, path)
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const addition = `${before}${key} = ${printTomlValue(value)}\n`.replaceAll('\n', newline)
  return text.slice(0, at) + addition + text.slice(at)
}

/** The pair that says the value of `path`, within inline tables too; null where there is none. */
function holderOf(statements: readonly Statement[], path: KeyPath): Pair | null {
  const pair = statements.find((statement) => statement.kind === 'pair' && isWithin(path, statement.path))
  if (pair?.kind !== 'pair') return null
  if (pair.path.length === path.length) return pair
  const held = pair.inline === null ? null : holderOf(pair.inline, path)
  if (held !== null) return held
  const shape = pair.inline === null ? 'is no table' : 'is written as an inline table'
  throw new TomlEditImpossible(
    path,
    `${pair.path.join('.')} ${shape}; write it as [${pair.path.join('.')}], or change it by hand`,
  )
}

/** Comments within the value that goes move above its line. */
function replaceValue(text: string, path: KeyPath, pair: Pair, value: TomlValue): string {
  const { valueStart, valueEnd, start, comments } = pair
  const present = parse(`value = ${text.slice(valueStart, valueEnd)}`)['value']
  if (isDeepStrictEqual(present, value)) return text
  const variable = typeof present === 'string' ? /^env\((.*)\)$/.exec(present)?.[1] : undefined
  if (variable !== undefined) {
    throw new TomlEditImpossible(path, `its value comes from the environment variable ${variable}; change it there`)
  }
  const isStatement = start < valueStart
  if (comments.length > 0 && !isStatement) {
    throw new TomlEditImpossible(path, 'there are comments within its value; change it by hand')
  }
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const kept = comments.map((comment) => comment + newline).join('')
  const before = isStatement ? text.slice(0, start) + kept + text.slice(start, valueStart) : text.slice(0, valueStart)
  return before + printTomlValue(value) + text.slice(valueEnd)
}

function change(document: Table, edit: TomlEdit): void {
  const last = edit.path.at(-1) ?? ''
  let table = document
  for (const part of edit.path.slice(0, -1)) {
    if (!isTable(table[part])) {
      if (edit.kind === 'remove') return
      table[part] = {}
    }
    table = table[part] as Table
  }
  if (edit.kind === 'set') table[last] = edit.value
  else delete table[last]
}

function readBack(text: string, edits: readonly TomlEdit[]): unknown {
  try {
    return parse(text)
  } catch (cause) {
    throw impossible(
      edits,
      `the file could not be read afterwards (${cause instanceof Error ? cause.message : String(cause)})`,
    )
  }
}

/** A table whose last key goes may go with it: TOML cannot tell an absent table from one that is only implied. */
function withoutEmptyTables(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutEmptyTables(item))
  if (!isTable(value)) return value
  const kept = Object.entries(value)
    .map(([key, item]) => [key, withoutEmptyTables(item)] as const)
    .filter(([, item]) => !isTable(item) || Object.keys(item).length > 0)
  return Object.fromEntries(kept)
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function impossible(edits: readonly TomlEdit[], reason: string): TomlEditImpossible {
  return new TomlEditImpossible(edits[0]?.path ?? [], reason)
}
