// Splits the text of an SQL file into its statements, knowing of the two places where a semicolon ends nothing: inside
// parentheses (CREATE RULE) and inside BEGIN ATOMIC … END of a function. Whether a statement makes sense is for
// Postgres to say. A parser would say it too, at the price of loading one at every first start.

import { lineOf, type TokenKind, tokenAt, Unreadable } from './sql-tokens.ts'

/** One statement, without its semicolon and the comments before it. */
export interface FileStatement {
  readonly text: string
  /** Where it begins in the file, counting from 1. */
  readonly line: number
  /** The same place as an index into the file's text. */
  readonly start: number
}

export type SplitOutcome =
  | { readonly kind: 'statements'; readonly statements: readonly FileStatement[] }
  | { readonly kind: 'unreadable'; readonly line: number; readonly problem: string }

/** The lines that follow such a statement are data, and no SQL can be told among them. */
const copyFromInput = /^copy\b[^'$]*\bfrom\s+stdin\b/i

/** Reads the whole file; never guesses at a quote or comment that does not end. */
export function splitStatements(file: string): SplitOutcome {
  const text = file.replace(/^\uFEFF/, ' ')
  try {
    return { kind: 'statements', statements: collect(text) }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { kind: 'unreadable', line: lineOf(text, error.position), problem: error.message }
  }
}

function collect(text: string): FileStatement[] {
  const statements: FileStatement[] = []
  let statement = new OpenStatement()
  const close = (end: number): void => {
    if (statement.start !== null) {
      const whole = text.slice(statement.start, end).trimEnd()
      if (copyFromInput.test(whole)) throw new Unreadable(statement.start, 'COPY … FROM stdin needs psql to feed it')
      statements.push({ text: whole, line: lineOf(text, statement.start), start: statement.start })
    }
    statement = new OpenStatement()
  }
  for (let position = 0; position < text.length;) {
    const { kind, end } = tokenAt(text, position)
    if (kind === 'semicolon' && statement.mayEnd()) close(position)
    else if (kind === 'backslash') readMetaCommand(text.slice(position, end), position, statement)
    else statement.add(kind, text.slice(position, end), position)
    position = end
  }
  close(text.length)
  return statements
}

/** What has been seen of the statement being read. */
class OpenStatement {
  /** Where its first token is; null while there were only spaces and comments. */
  start: number | null = null
  private parentheses = 0
  private blocks = 0
  private readonly firstWords: string[] = []
  private lastWord = ''

  mayEnd(): boolean {
    return this.parentheses === 0 && this.blocks === 0
  }

  add(kind: TokenKind, token: string, position: number): void {
    if (kind === 'space' || kind === 'line comment' || kind === 'block comment') return
    this.start ??= position
    if (kind === 'open') this.parentheses++
    else if (kind === 'close') this.parentheses = Math.max(0, this.parentheses - 1)
    else if (kind === 'word') this.addWord(token.toLowerCase())
  }

  private addWord(word: string): void {
    if (this.firstWords.length < 4) this.firstWords.push(word)
    if (this.blocks === 0 && word === 'atomic' && this.lastWord === 'begin' && this.makesRoutine()) this.blocks = 1
    else if (this.blocks > 0 && word === 'case') this.blocks++
    else if (this.blocks > 0 && word === 'end') this.blocks--
    this.lastWord = word
  }

  private makesRoutine(): boolean {
    return /^create (or replace )?(function|procedure)\b/.test(this.firstWords.join(' '))
  }
}

/** `pg_dump` brackets its output with two commands of psql that mean nothing elsewhere. Any other is refused. */
function readMetaCommand(command: string, position: number, statement: OpenStatement): void {
  if (statement.start === null && /^\\(un)?restrict\b/.test(command)) return
  throw new Unreadable(position, `${command.split(/\s/)[0]} is a command of psql, not SQL`)
}
