// What a grammar knows about why it stopped: messages gathered at the furthest place, and the sentence made
// of them. The sentences are PostgREST's, and those are Parsec's: the order in which alternatives were tried,
// the labels put over them and the places they got to decide the wording, so all three are kept here.

/** Why an alternative did not match, as a tree that is flattened only when a sentence is needed. */
export type Messages =
  | null
  /** What stood at `at` (the text's end included). */
  | { readonly kind: 'found'; readonly at: number }
  /** A thing that must not stand here. */
  | { readonly kind: 'unwanted'; readonly shown: string }
  | { readonly kind: 'expected'; readonly shown: string }
  | { readonly kind: 'both'; readonly first: Messages; readonly second: Messages }
  /** `inner`, with all that it expected said by one name. */
  | { readonly kind: 'labelled'; readonly label: string; readonly inner: Messages }

/** An expectation under its name. */
export function expected(shown: string): Messages {
  return { kind: 'expected', shown }
}

/** Joins what two parsers said about the same place. */
export function both(first: Messages, second: Messages): Messages {
  if (first === null) return second
  if (second === null) return first
  return { kind: 'both', first, second }
}

const controlNames =
  'NUL SOH STX ETX EOT ENQ ACK a b t n v f r SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  )

function escaped(character: string, quote: string): string {
  const code = character.codePointAt(0) ?? 0
  if (character === quote || character === '\\') return `\\${character}`
  if (code < 0x20) return `\\${controlNames[code] ?? code}`
  if (code === 0x7f) return '\\DEL'
  return code < 0x7f ? character : `\\${code}`
}

/** A character between double quotes, escaped as Haskell shows a string of one. */
export function shownAsText(character: string): string {
  return `"${escaped(character, '"')}"`
}

/** A character between single quotes, escaped as Haskell shows one. */
export function shownAsCharacter(character: string): string {
  return `'${escaped(character, "'")}'`
}

interface Gathered {
  /** Where the first thing found stands. */
  found: number | null
  readonly unwanted: Set<string>
  readonly expected: string[]
}

function gather(messages: Messages, into: Gathered): void {
  if (messages === null) return
  switch (messages.kind) {
    case 'found':
      into.found ??= messages.at
      return
    case 'unwanted':
      into.unwanted.add(messages.shown)
      return
    case 'expected':
      into.expected.push(messages.shown)
      return
    case 'both':
      gather(messages.first, into)
      gather(messages.second, into)
      return
    case 'labelled': {
      const before = into.expected.length
      gather(messages.inner, into)
      into.expected.splice(before, into.expected.length - before, messages.label)
    }
  }
}

function listed(words: Iterable<string>): string {
  const distinct = [...new Set(words)].filter((word) => word !== '')
  const last = distinct.pop()
  if (last === undefined) return ''
  return distinct.length === 0 ? last : `${distinct.join(', ')} or ${last}`
}

/** The sentence for a client: `unexpected … expecting …`. */
export function sentence(messages: Messages, text: string): string {
  const gathered: Gathered = { found: null, unwanted: new Set(), expected: [] }
  gather(messages, gathered)
  const parts: string[] = []
  if (gathered.unwanted.size > 0) parts.push(`unexpected ${listed(gathered.unwanted)}`)
  else if (gathered.found !== null) {
    const codePoint = text.codePointAt(gathered.found)
    parts.push(`unexpected ${codePoint === undefined ? 'end of input' : shownAsText(String.fromCodePoint(codePoint))}`)
  }
  const wanted = listed(gathered.expected)
  if (wanted !== '') parts.push(`expecting ${wanted}`)
  return parts.length === 0 ? 'unknown parse error' : parts.join(' ')
}

/** Line and column of an offset, both from 1; columns count characters, a tab goes to the next multiple of eight. */
export function position(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1
  let column = 1
  for (const character of text.slice(0, offset)) {
    if (character === '\n') {
      line++
      column = 1
    } else column += character === '\t' ? 8 - ((column - 1) % 8) : 1
  }
  return { line, column }
}
