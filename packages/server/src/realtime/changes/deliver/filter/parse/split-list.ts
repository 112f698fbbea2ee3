// The quoting that filters share with PostgREST: double quotes around what holds a reserved character, backslashes in them.

/** The parts between commas; commas within quotes, parentheses or the braces of an array part nothing. Quotes stay as they are; one that is never closed holds the rest. */
export function splitList(text: string): readonly string[] {
  const parts: string[] = []
  let start = 0
  let depth = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (isQuoted && character === '\\') at += 1
    else if (character === '"' && (isQuoted || opensQuotes(text, at))) isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (character === '(' || character === '{') depth += 1
    else if (character === ')' || character === '}') depth -= 1
    else if (character === ',' && depth <= 0) {
      parts.push(text.slice(start, at))
      start = at + 1
    }
  }
  return [...parts, text.slice(start)]
}

// A quote within a plain value (`name=eq.5" nails`) is a character like any other.
function opensQuotes(text: string, at: number): boolean {
  return at === 0 || '.,(='.includes(text[at - 1] ?? '')
}

/** A value without its quotes, where it has any. */
export function unquote(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text
  return text.slice(1, -1).replaceAll(/\\(.)/gs, '$1')
}
