// Whether a text stays inside the brackets put around it, by Postgres' own lexical rules.

import { tokenAt, Unreadable } from '../../../database/script/sql-tokens.ts'

/** Why the text cannot be one expression, as a sentence's end; null where nothing in its shape speaks against it. */
export function problemOfExpression(text: string): string | null {
  if (text.includes('\0')) return 'it has a NUL byte'
  try {
    return problemOfTokens(text)
  } catch (error) {
    if (error instanceof Unreadable) return error.message
    throw error
  }
}

const silent = new Set(['space', 'line comment', 'block comment'])

function problemOfTokens(text: string): string | null {
  const awaited: string[] = []
  let empty = true
  for (let at = 0; at < text.length;) {
    const { kind, end } = tokenAt(text, at)
    if (kind === 'semicolon') return 'it has a semicolon: only one expression may stand here'
    if (kind === 'open') awaited.push(text.charAt(at) === '(' ? ')' : ']')
    if (kind === 'close' && awaited.pop() !== text.charAt(at)) {
      return `a ${text.charAt(at)} closes nothing that was opened in it`
    }
    empty &&= silent.has(kind)
    at = end
  }
  if (empty) return 'it is empty'
  return awaited.length === 0 ? null : `a ${awaited.at(-1)} is missing`
}
