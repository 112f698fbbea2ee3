// How deep a JSON text nests, told without parsing it, so that no recursion of ours or of Postgres's can be driven deep.

/** The deepest nesting of brackets and braces outside strings. Text that is no JSON gets some number too. */
export function nestingOf(text: string): number {
  let depth = 0
  let deepest = 0
  let quoted = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (quoted) {
      if (character === '\\') index += 1
      else if (character === '"') quoted = false
    } else if (character === '"') quoted = true
    else if (character === '{' || character === '[') {
      depth += 1
      deepest = Math.max(deepest, depth)
    } else if (character === '}' || character === ']') depth -= 1
  }
  return deepest
}
