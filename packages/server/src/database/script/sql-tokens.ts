// Postgres' lexical rules, as far as they decide where a statement ends and what is code in it: strings, quoted names,
// dollar quotes, nested comments, words and brackets.

export type TokenKind =
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

/** A token's pattern, tried at one place of the text. The first that fits wins. */
const tokens: readonly (readonly [kind: TokenKind | 'escape string', pattern: RegExp])[] = [
  // What else JavaScript calls white space is a letter to Postgres.
  ['space', /[ \t\n\r\f\v]+/y],
  ['line comment', /--[^\n\r]*/y],
  ['block comment', /\/\*/y],
  ['escape string', /[eE](?=')/y],
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

/** A quote or comment that does not end, or what only psql understands. */
export class Unreadable extends Error {
  readonly position: number

  constructor(position: number, problem: string) {
    super(problem)
    this.position = position
  }
}

/** The token that begins at `position`. Throws Unreadable. */
export function tokenAt(text: string, position: number): { kind: TokenKind; end: number } {
  for (const [kind, pattern] of tokens) {
    pattern.lastIndex = position
    if (!pattern.test(text)) continue
    const end = pattern.lastIndex
    if (kind === 'block comment') return { kind, end: endOfComment(text, position) }
    if (kind === 'escape string') return { kind: 'string', end: endOfEscapeString(text, position) }
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

const escapes = /'(?:[^'\\]|\\[\s\S]|'')*'/y
/** White space and comments with a line's end among them, and then a quote. */
const goesOn = /[ \t\f\v]*(?:--[^\n\r]*)?[\n\r](?:[ \t\n\r\f\v]|--[^\n\r]*[\n\r])*(?=')/y

/** A string that goes on in another line keeps its rules: a backslash there escapes as well, though no `E` says so. */
function endOfEscapeString(text: string, start: number): number {
  for (let from = start + 1; ;) {
    escapes.lastIndex = from
    if (!escapes.test(text)) throw new Unreadable(start, 'a string begins here and does not end')
    goesOn.lastIndex = escapes.lastIndex
    if (!goesOn.test(text)) return escapes.lastIndex
    from = goesOn.lastIndex
  }
}

function endOfDollarQuote(text: string, start: number, bodyStart: number): number {
  const tag = text.slice(start, bodyStart)
  const end = text.indexOf(tag, bodyStart)
  if (end === -1) throw new Unreadable(start, `a string begins here with ${tag} and does not end`)
  return end + tag.length
}

/** The line of a place in a text, counting from 1. */
export function lineOf(text: string, position: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line++
  return line
}
