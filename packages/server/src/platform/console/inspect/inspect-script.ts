// Which statements of a text take something away, or leave a table open to everybody.

import { type FileStatement, splitStatements } from '../../../database/script/split-statements.ts'
import { codeTokens, isWord, nameAt, skipWords } from './code-tokens.ts'
import { commandsIn } from './command-starts.ts'
import { type Danger, dangerOf } from './dangers.ts'
import { enableRowSecurity } from './sql/enable-row-security.ts'

export interface FoundDanger extends Danger {
  /** Its statement's number in the text, from 1. */
  readonly statement: number
  readonly line: number
  /** What to add to the script so that the danger is none; null where only a person can tell. */
  readonly fix: string | null
}

/**
 * Reads the whole text; what cannot be read is Postgres' to refuse and holds no danger. `exposed` are the schemas whose
 * tables the API shows.
 */
export function inspectScript(text: string, exposed: readonly string[]): readonly FoundDanger[] {
  const split = splitStatements(text)
  if (split.kind === 'unreadable') return []
  const secured = new Set(split.statements.flatMap(({ text: statement }) => securedTable(statement) ?? []))
  return split.statements.flatMap((statement, index) => {
    const found = commandsIn(statement.text).flatMap((command) => dangerOf(command) ?? [])
    return [...found, ...openTable(statement, secured, exposed)].map((danger) => {
      return { fix: null, ...danger, statement: index + 1, line: statement.line }
    })
  })
}

function openTable(
  statement: FileStatement,
  secured: ReadonlySet<string>,
  exposed: readonly string[],
): (Danger & Pick<FoundDanger, 'fix'>)[] {
  const name = madeTable(statement.text)
  const table = qualified(name)
  if (
    name === null ||
    table === null ||
    secured.has(table) ||
    !exposed.some((schema) => table.startsWith(`${schema}.`))
  )
    return []
  const says = `Makes table ${table} without Row Level Security: everybody who has an API key reaches its rows.`
  return [{ kind: 'table-without-rls', says, fix: enableRowSecurity(name) }]
}

/** The name in CREATE TABLE, as it was written; null for temporary tables. */
function madeTable(statement: string): readonly string[] | null {
  const tokens = codeTokens(statement)
  if (!isWord(tokens[0], 'create')) return null
  const table = skipWords(tokens, skipWords(tokens, 1, 'unlogged'), 'table')
  if (!isWord(tokens[table - 1], 'table')) return null
  return nameAt(tokens, skipWords(tokens, table, 'if', 'not', 'exists'))
}

/** The table on which the statement turns Row Level Security on. */
function securedTable(statement: string): string | null {
  const tokens = codeTokens(statement)
  if (!isWord(tokens[0], 'alter') || !isWord(tokens[1], 'table')) return null
  const enables = tokens.some((token, index) => {
    return isWord(token, 'enable') && skipWords(tokens, index + 1, 'row', 'level', 'security') > index + 1
  })
  if (!enables) return null
  return qualified(nameAt(tokens, skipWords(tokens, skipWords(tokens, 2, 'if', 'exists'), 'only')))
}

function qualified(name: readonly string[] | null): string | null {
  if (name === null) return null
  return name.length === 1 ? `public.${name[0]}` : name.join('.')
}
