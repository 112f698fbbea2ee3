// What of an expression is evaluated for each row: all but what stands in a subquery of its own.

const opensSubselect = /\(\s*SELECT\b/i

/** The text, as Postgres prints it, with every `( SELECT … )` taken out. */
export function withoutSubselects(text: string): string {
  const opened = opensSubselect.exec(text)
  if (opened === null) return text
  const end = endOfBracket(text, opened.index)
  return `${text.slice(0, opened.index)}${withoutSubselects(text.slice(end))}`
}

/** The place behind the bracket that closes the one at `start`. Brackets within strings do not count. */
function endOfBracket(text: string, start: number): number {
  let depth = 0
  let quoted = false
  for (let at = start; at < text.length; at++) {
    const char = text.charAt(at)
    if (char === "'") quoted = !quoted
    else if (!quoted && char === '(') depth++
    else if (!quoted && char === ')' && --depth === 0) return at + 1
  }
  return text.length
}
