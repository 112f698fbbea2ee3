// The grammar of a claim's text: literal text around `{{ operand || operand … }}`, where an operand is a
// dotted path or a literal (single-quoted string, number, boolean). Knows nothing of the values.

/** One operand of a shortcode. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'path'; readonly path: readonly string[] }

/** A claim's text, cut into what is printed as it stands and what is looked up. */
export type ClaimPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'shortcode'; readonly operands: readonly Operand[] }

/** Cuts a claim's text into parts. An opening without its `}}` is plain text. */
export function parseClaimText(text: string): readonly ClaimPart[] {
  const parts: ClaimPart[] = []
  let from = 0
  while (from < text.length) {
    const open = text.indexOf('{{', from)
    const close = open === -1 ? -1 : endOfShortcode(text, open + 2)
    if (close === -1) break
    if (open > from) parts.push({ kind: 'text', text: text.slice(from, open) })
    parts.push({ kind: 'shortcode', operands: splitOperands(text.slice(open + 2, close)).map(parseOperand) })
    from = close + 2
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) })
  return parts
}

/** The index of the `}}` that ends a shortcode, or -1. Quoted strings may hold braces. */
function endOfShortcode(text: string, start: number): number {
  let quoted = false
  for (let index = start; index < text.length; index += 1) {
    if (text[index] === "'") quoted = !quoted
    else if (!quoted && text.startsWith('}}', index)) return index
  }
  return -1
}

function splitOperands(source: string): readonly string[] {
  const operands: string[] = []
  let quoted = false
  let from = 0
  for (let index = 0; index < source.length; index += 1) {
    if (source[index] === "'") quoted = !quoted
    else if (!quoted && source.startsWith('||', index)) {
      operands.push(source.slice(from, index))
      index += 1
      from = index + 1
    }
  }
  operands.push(source.slice(from))
  return operands
}

function parseOperand(source: string): Operand {
  const text = source.trim()
  if (text.length >= 2 && text.startsWith("'") && text.endsWith("'"))
    return { kind: 'literal', value: text.slice(1, -1) }
  if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' }
  if (/^-?\d+(\.\d+)?$/.test(text)) return { kind: 'literal', value: Number(text) }
  return { kind: 'path', path: text.split('.') }
}
