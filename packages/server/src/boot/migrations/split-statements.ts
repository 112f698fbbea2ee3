// Splits the text of an SQL file into its statements, knowing just enough of Postgres' lexical rules (strings,
// quoted names, dollar quotes, nested comments) and of the two places where a semicolon ends nothing: inside
// parentheses (CREATE RULE) and inside BEGIN ATOMIC … END of a function. Whether a statement makes sense is for
// Postgres to say. A parser would say it too, at the price of loading one at every first start.

/** One statement, without its semicolon and the comments before it. */
export interface FileStatement {
  readonly text: string
  /** Where it begins in the file, counting from 1. */
  readonly line: number
}

export type SplitOutcome =
  | { readonly kind: 'statements'; readonly statements: readonly FileStatement[] }
  | { readonly kind: 'unreadable'; readonly line: number; readonly problem: string }

/** A token's pattern, tried at one place of the text. The first that fits wins. */
const tokens: readonly (readonly [kind: TokenKind, pattern: RegExp])[] = [
  ['space', /\s+/y],
  ['line comment', /--[^\n]*/y],
  ['block comment', /\/\*/y],
  ['string', /[eE]'(?:[^'\\]|\\[\s\S]|'')*'/y],
  ['open string', /[eE]'/y],
  ['string', /(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*'/y],
  ['open string', /(?:[bBxXnN]|[uU]&)?'/y],
  ['name', /(?:[uU]&)?"(?:[^"]|"")*"/y],
  ['open name', /(?:[uU]&)?"/y],
  ['dollar quote', /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['parameter', /\$\d+/y],
  ['semicolon', /;/y],
  ['open', /[([]/y],
  ['close', /[)\]]/y],
  ['backslash', /\\[^\n]*/y],
]

type TokenKind =
  | 'space'
  | 'line comment'
  | 'block comment'
  | 'string'
  | 'open string'
  | 'name'
  | 'open name'
  | 'dollar quote'
  | 'word'
  | 'parameter'
  | 'semicolon'
  | 'open'
  | 'close'
  | 'backslash'
  | 'other'

/** The lines that follow such a statement are data, and no SQL can be told among them. */
const copyFromInput = /^copy\b[^'$]*\bfrom\s+stdin\b/i

class Unreadable extends Error {
  readonly position: number

  constructor(position: number, problem: string) {
    super(problem)
    this.position = position
  }
}

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
      statements.push({ text: whole, line: lineOf(text, statement.start) })
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

function tokenAt(text: string, position: number): { kind: TokenKind; end: number } {
  for (const [kind, pattern] of tokens) {
    pattern.lastIndex = position
    if (!pattern.test(text)) continue
    const end = pattern.lastIndex
    if (kind === 'block comment') return { kind, end: endOfComment(text, position) }
    if (kind === 'dollar quote') return { kind, end: endOfDollarQuote(text, position, end) }
    if (kind === 'open string') throw new Unreadable(position, 'a string begins here and does not end')
    if (kind === 'open name') throw new Unreadable(position, 'a quoted name begins here and does not end')
    return { kind, end }
  }
  return { kind: 'other', end: position + 1 }
}

function endOfComment(text: string, start: number): number {
  const marks = /\/\*|\*\//g
  marks.lastIndex = start
  let depth = 0
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return marks.lastIndex
  }
  throw new Unreadable(start, 'a comment begins here and does not end')
}

function endOfDollarQuote(text: string, start: number, bodyStart: number): number {
  const tag = text.slice(start, bodyStart)
  const end = text.indexOf(tag, bodyStart)
  if (end === -1) throw new Unreadable(start, `a string begins here with ${tag} and does not end`)
  return end + tag.length
}

/** `pg_dump` brackets its output with two commands of psql that mean nothing elsewhere. Any other is refused. */
function readMetaCommand(command: string, position: number, statement: OpenStatement): void {
  if (statement.start === null && /^\\(un)?restrict\b/.test(command)) return
  throw new Unreadable(position, `${command.split(/\s/)[0]} is a command of psql, not SQL`)
}

/** The line of a place in a text, counting from 1. */
export function lineOf(text: string, position: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line++
  return line
}
