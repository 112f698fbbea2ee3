// Reads the shape of a JSON text without building it: is it valid, is it an object or an array of objects,
// and which keys do they have. The text itself goes to Postgres as it came, so that no number loses a digit.

import { Refusal } from '../../../refusal/refusal.ts'

/** Keys are sorted, none twice. */
export type JsonShape =
  | { readonly kind: 'object'; readonly keys: readonly string[] }
  /** `keys` null: not all elements are objects with the same keys. */
  | { readonly kind: 'array'; readonly keys: readonly string[] | null }
  | { readonly kind: 'scalar' }

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

interface Cursor {
  readonly text: string
  at: number
  depth: number
  readonly maximumDepth: number
}

function noJson(): Refusal {
  return new Refusal('request.body-invalid', { reason: 'Empty or invalid json' })
}

function skipBlanks(cursor: Cursor): number {
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return code
    cursor.at++
  }
}

function take(cursor: Cursor, code: number): void {
  if (skipBlanks(cursor) !== code) throw noJson()
  cursor.at++
}

const escapes = new Set(Array.from('"\\/bfnrt', (character) => character.charCodeAt(0)))
const fourDigits = /[0-9a-fA-F]{4}/y

function skipEscape(cursor: Cursor): void {
  const code = cursor.text.charCodeAt(cursor.at + 1)
  if (code === 0x75) {
    fourDigits.lastIndex = cursor.at + 2
    if (!fourDigits.test(cursor.text)) throw noJson()
    cursor.at += 6
  } else if (escapes.has(code)) cursor.at += 2
  else throw noJson()
}

/** Past a string whose opening quote is next. True where it holds escapes. */
function skipString(cursor: Cursor): boolean {
  take(cursor, quote)
  let escaped = false
  for (;;) {
    const code = cursor.text.charCodeAt(cursor.at)
    if (code === quote) {
      cursor.at++
      return escaped
    }
    if (code === backslash) {
      escaped = true
      skipEscape(cursor)
    } else if (code >= 0x20) cursor.at++
    else throw noJson()
  }
}

/** A key, as written between its quotes, or decoded where it holds escapes. */
function readKey(cursor: Cursor): string {
  skipBlanks(cursor)
  const start = cursor.at
  const escaped = skipString(cursor)
  const written = cursor.text.slice(start, cursor.at)
  return escaped ? String(JSON.parse(written)) : written.slice(1, -1)
}

const numberOrWord = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y

function skipScalar(cursor: Cursor): void {
  numberOrWord.lastIndex = cursor.at
  if (!numberOrWord.test(cursor.text)) throw noJson()
  cursor.at = numberOrWord.lastIndex
}

function enter(cursor: Cursor): void {
  cursor.depth++
  if (cursor.depth > cursor.maximumDepth) {
    throw new Refusal('request.limit-exceeded', { limit: 'json-depth', maximum: cursor.maximumDepth })
  }
}

/** Calls `member` at each member up to `close`; the opening bracket is next. */
function skipMembers(cursor: Cursor, close: number, member: () => void): void {
  cursor.at++
  enter(cursor)
  if (skipBlanks(cursor) !== close) {
    for (;;) {
      member()
      if (skipBlanks(cursor) === close) break
      take(cursor, comma)
    }
  }
  cursor.at++
  cursor.depth--
}

function skipValue(cursor: Cursor): void {
  switch (skipBlanks(cursor)) {
    case quote:
      skipString(cursor)
      return
    case openBrace:
      skipMembers(cursor, closeBrace, () => {
        skipBlanks(cursor)
        skipString(cursor)
        take(cursor, colon)
        skipValue(cursor)
      })
      return
    case openBracket:
      skipMembers(cursor, closeBracket, () => skipValue(cursor))
      return
    default:
      skipScalar(cursor)
  }
}

/** Keys of the object that is next, in order, repeated ones too. */
function readKeys(cursor: Cursor): string[] {
  const keys: string[] = []
  skipMembers(cursor, closeBrace, () => {
    keys.push(readKey(cursor))
    take(cursor, colon)
    skipValue(cursor)
  })
  return keys
}

function distinctSorted(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)].toSorted()
}

function sameInOrder(keys: readonly string[], others: readonly string[]): boolean {
  return keys.length === others.length && keys.every((key, index) => key === others[index])
}

function readArray(cursor: Cursor): JsonShape {
  let first: readonly string[] | null = null
  let distinct: readonly string[] = []
  let uniform = true
  skipMembers(cursor, closeBracket, () => {
    if (skipBlanks(cursor) !== openBrace) {
      uniform = false
      skipValue(cursor)
      return
    }
    const keys = readKeys(cursor)
    if (first === null) {
      first = keys
      distinct = distinctSorted(keys)
    } else if (!sameInOrder(first, keys)) uniform &&= sameInOrder(distinct, distinctSorted(keys))
  })
  return { kind: 'array', keys: uniform ? distinct : null }
}

function readShape(cursor: Cursor): JsonShape {
  switch (skipBlanks(cursor)) {
    case openBrace:
      return { kind: 'object', keys: distinctSorted(readKeys(cursor)) }
    case openBracket:
      return readArray(cursor)
    default:
      skipValue(cursor)
      return { kind: 'scalar' }
  }
}

/** Reads the shape of a text (RFC 8259). Refuses with `request.body-invalid`, `request.limit-exceeded`. */
export function jsonShape(text: string, maximumDepth: number): JsonShape {
  const cursor: Cursor = { text, at: 0, depth: 0, maximumDepth }
  const shape = readShape(cursor)
  skipBlanks(cursor)
  if (cursor.at < text.length) throw noJson()
  return shape
}
