// Where in a text something stands.

/** `offset` counts from 0 and `column` from 1, both in UTF-16 units as editors do; `line` from 1. */
export interface TextPosition {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/** The place of an index. */
export function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { offset, line: before.split('\n').length, column: offset - lineStart + 1 }
}

/**
 * The place that Postgres means by `position`, which counts characters (not UTF-16 units) from 1, in a statement that
 * begins at `start` of the text and was sent behind `prefix` more characters.
 */
export function positionOfCharacter(text: string, start: number, position: number, prefix = 0): TextPosition {
  const index = Math.max(0, position - 1 - prefix)
  const before = Array.from(text.slice(start)).slice(0, index).join('')
  return positionAt(text, start + before.length)
}
