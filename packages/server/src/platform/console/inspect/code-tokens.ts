// A statement's code without its comments: what may be a keyword, a name or a bracket. Strings stay closed.

import { tokenAt } from '../../../database/script/sql-tokens.ts'

export interface CodeToken {
  readonly kind: 'word' | 'name' | 'string' | 'open' | 'close' | 'semicolon' | 'other'
  /** Words in lower case, names without their quotes, anything else as it stands. */
  readonly text: string
  /** In how many brackets it stands; a bracket stands outside of itself. */
  readonly depth: number
  readonly start: number
  readonly end: number
}

const ignored = new Set(['space', 'line comment', 'block comment'])

/** Throws Unreadable where a quote does not end. */
export function codeTokens(text: string): readonly CodeToken[] {
  const tokens: CodeToken[] = []
  let depth = 0
  for (let start = 0; start < text.length;) {
    const { kind, end } = tokenAt(text, start)
    if (kind === 'close') depth = Math.max(0, depth - 1)
    if (!ignored.has(kind)) tokens.push(tokenOf(kind, text.slice(start, end), { depth, start, end }))
    if (kind === 'open') depth++
    start = end
  }
  return tokens
}

type Place = Pick<CodeToken, 'depth' | 'start' | 'end'>

function tokenOf(kind: string, text: string, place: Place): CodeToken {
  switch (kind) {
    case 'word':
      return { kind: 'word', text: text.toLowerCase(), ...place }
    case 'name':
      return { kind: 'name', text: text.slice(1, -1).replaceAll('""', '"'), ...place }
    case 'string':
    case 'dollar quote':
      return { kind: 'string', text, ...place }
    case 'open':
    case 'close':
    case 'semicolon':
      return { kind, text, ...place }
    default:
      return { kind: 'other', text, ...place }
  }
}

/** The possibly qualified name that begins at `index`; null where none does. */
export function nameAt(tokens: readonly CodeToken[], index: number): readonly string[] | null {
  const parts: string[] = []
  for (let at = index; ; at += 2) {
    const part = tokens[at]
    if (part === undefined || (part.kind !== 'word' && part.kind !== 'name')) return parts.length === 0 ? null : parts
    parts.push(part.text)
    if (tokens[at + 1]?.text !== '.') return parts
  }
}

/** The index behind these words, where all of them follow; `index` itself otherwise. */
export function skipWords(tokens: readonly CodeToken[], index: number, ...words: readonly string[]): number {
  return words.every((word, offset) => isWord(tokens[index + offset], word)) ? index + words.length : index
}

export function isWord(token: CodeToken | undefined, ...words: readonly string[]): boolean {
  return token?.kind === 'word' && words.includes(token.text)
}
