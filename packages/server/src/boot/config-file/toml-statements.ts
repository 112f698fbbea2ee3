// Where each statement of a TOML document stands: headers and pairs with their full paths, down to the characters of
// each value. Takes text that has been parsed before, so that nothing here has to judge it.

import { parse } from 'smol-toml'

/** A dotted name, part by part. */
export type KeyPath = readonly string[]

/** `[path]` or, where `array`, `[[path]]`. `start` to `end` are its whole lines. */
export interface Header {
  readonly kind: 'header'
  readonly path: KeyPath
  readonly array: boolean
  readonly start: number
  readonly end: number
}

/** A key and its value. `path` counts from the document's root, `section` is the header's path above it. */
export interface Pair {
  readonly kind: 'pair'
  readonly path: KeyPath
  readonly section: KeyPath
  readonly start: number
  readonly end: number
  readonly valueStart: number
  readonly valueEnd: number
  /** Comments within the value, each from its `#` on. */
  readonly comments: readonly string[]
  /** The pairs of an inline table, in which `start` and `end` are those of the value; null for any other value. */
  readonly inline: readonly Pair[] | null
}

export type Statement = Header | Pair

/** All statements in their order. */
export function tomlStatements(text: string): readonly Statement[] {
  return new Scanner(text).statements()
}

/** True where `path` lies at or below `above`. */
export function isWithin(path: KeyPath, above: KeyPath): boolean {
  return path.length >= above.length && above.every((part, index) => path[index] === part)
}

class Scanner {
  readonly #text: string
  #at = 0
  /** Of the value that is being read. */
  #comments: string[] = []

  constructor(text: string) {
    this.#text = text
  }

  statements(): readonly Statement[] {
    const found: Statement[] = []
    let section: KeyPath = []
    while (this.#at < this.#text.length) {
      const start = this.#at
      this.#skip(/[ \t]*/y)
      if (this.#skip(/(#[^\n]*)?(\r?\n|$)/y)) continue
      const statement = this.#startsWith('[') ? this.#header(start) : this.#pair(start, section)
      if (statement.kind === 'header') section = statement.path
      found.push(statement)
    }
    return found
  }

  #header(start: number): Header {
    const array = this.#startsWith('[[')
    this.#at += array ? 2 : 1
    const path = this.#key()
    this.#at += array ? 2 : 1
    return { kind: 'header', path, array, start, end: this.#endOfLine() }
  }

  #pair(start: number, section: KeyPath): Pair {
    const { path, ...value } = this.#keyAndValue(section)
    return { kind: 'pair', path, section, ...value, start, end: this.#endOfLine() }
  }

  #keyAndValue(section: KeyPath): Pick<Pair, 'path' | 'valueStart' | 'valueEnd' | 'inline' | 'comments'> {
    const path = [...section, ...this.#key()]
    this.#skip(/=[ \t]*/y)
    const valueStart = this.#at
    const around = this.#comments
    this.#comments = []
    const inline = this.#value(path)
    const comments = this.#comments
    this.#comments = [...around, ...comments]
    return { path, valueStart, valueEnd: this.#at, inline, comments }
  }

  #key(): string[] {
    const parts: string[] = []
    do {
      this.#skip(/[ \t]*/y)
      parts.push(this.#keyPart())
      this.#skip(/[ \t]*/y)
    } while (this.#skip(/\./y))
    return parts
  }

  #keyPart(): string {
    const start = this.#at
    if (!this.#startsWith('"') && !this.#startsWith("'")) {
      this.#skip(/[A-Za-z0-9_-]+/y)
      return this.#text.slice(start, this.#at)
    }
    this.#string()
    return Object.keys(parse(`${this.#text.slice(start, this.#at)} = 0`))[0] ?? ''
  }

  /** Goes past a value; the pairs of an inline table below `path`, null for any other. */
  #value(path: KeyPath): readonly Pair[] | null {
    if (this.#startsWith('{')) return this.#inlineTable(path)
    if (this.#startsWith('[')) this.#array(path)
    else if (this.#startsWith('"') || this.#startsWith("'")) this.#string()
    else this.#skip(/[^,\]}#\r\n \t]+( [^,\]}#\r\n \t]+)?/y)
    return null
  }

  #inlineTable(path: KeyPath): readonly Pair[] {
    const pairs: Pair[] = []
    this.#at += 1
    for (this.#skipGaps(); !this.#startsWith('}') && this.#at < this.#text.length; this.#skipGaps()) {
      const pair = this.#keyAndValue(path)
      pairs.push({ kind: 'pair', section: path, ...pair, start: pair.valueStart, end: pair.valueEnd })
      this.#skipGaps()
      this.#skip(/,/y)
    }
    this.#at += 1
    return pairs
  }

  #array(path: KeyPath): void {
    this.#at += 1
    for (this.#skipGaps(); !this.#startsWith(']') && this.#at < this.#text.length; this.#skipGaps()) {
      this.#value(path)
      this.#skipGaps()
      this.#skip(/,/y)
    }
    this.#at += 1
  }

  /** Multi-line strings may end in up to two quotes of their own. */
  #string(): void {
    const multiLine = /"""(?:\\[\s\S]|(?!""")[\s\S])*"""(?:"{1,2}(?!"))?|'''(?:(?!''')[\s\S])*'''(?:'{1,2}(?!'))?/y
    if (this.#skip(multiLine)) return
    this.#skip(/"(?:\\.|[^"\\])*"|'[^']*'/y)
  }

  /** Blanks, newlines and comments within arrays and inline tables. */
  #skipGaps(): void {
    const start = this.#at
    this.#skip(/(?:[ \t\r\n]|#[^\n]*)*/y)
    this.#comments.push(...(this.#text.slice(start, this.#at).match(/#[^\r\n]*/g) ?? []))
  }

  #endOfLine(): number {
    this.#skip(/[^\n]*(?:\n|$)/y)
    return this.#at
  }

  #startsWith(text: string): boolean {
    return this.#text.startsWith(text, this.#at)
  }

  /** Goes past what the sticky pattern matches here; false where it matches nothing. */
  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at
    const length = pattern.exec(this.#text)?.[0].length ?? 0
    this.#at += length
    return length > 0
  }
}
