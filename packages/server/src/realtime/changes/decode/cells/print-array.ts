// Arrays in their text form: `{1,NULL,"a b"}`, any number of dimensions, with or without bounds.

import { type PrintCell, printString } from './cell-printer.ts'

const QUOTE = '"'
const BACKSLASH = '\\'

/** `delimiter` stands between the elements: a comma for every type but `box`. */
export function arrayPrinter(element: PrintCell, delimiter: string): PrintCell {
  return (text) => new ArrayText(text, element, delimiter).print() ?? printString(text)
}

/** The two vector types of the catalogs, whose elements stand between spaces. */
export function vectorPrinter(element: PrintCell): PrintCell {
  return (text) => (text === '' ? '[]' : `[${text.split(' ').map(element).join(',')}]`)
}

class ArrayText {
  readonly #text: string
  readonly #element: PrintCell
  readonly #delimiter: string
  #at: number

  constructor(text: string, element: PrintCell, delimiter: string) {
    this.#text = text
    this.#element = element
    this.#delimiter = delimiter
    // Bounds are said only where they are not the usual ones, and JSON has no place for them.
    this.#at = text.startsWith('[') ? text.indexOf('=') + 1 : 0
  }

  /** Null where the text is no array. */
  print(): string | null {
    const depth = this.#depth()
    let json = ''
    let open = 0
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at)
      if (char === '{') {
        open += 1
        json += '['
        this.#at += 1
      } else if (char === '}') {
        open -= 1
        json += ']'
        this.#at += 1
      } else if (char === this.#delimiter) {
        json += ','
        this.#at += 1
      } else if (open !== depth) return null
      else json += char === QUOTE ? this.#quoted() : this.#bare()
    }
    return open === 0 && depth > 0 ? json : null
  }

  #depth(): number {
    let depth = 0
    while (this.#text.charAt(this.#at + depth) === '{') depth += 1
    return depth
  }

  #quoted(): string {
    const start = this.#at + 1
    let end = start
    let isEscaped = false
    for (; end < this.#text.length && this.#text.charAt(end) !== QUOTE; end += 1) {
      if (this.#text.charAt(end) !== BACKSLASH) continue
      isEscaped = true
      end += 1
    }
    this.#at = end + 1
    const inner = this.#text.slice(start, end)
    return this.#element(isEscaped ? inner.replaceAll(escaped, '$1') : inner)
  }

  #bare(): string {
    const start = this.#at
    while (this.#at < this.#text.length && !this.#isEnd(this.#text.charAt(this.#at))) this.#at += 1
    const inner = this.#text.slice(start, this.#at)
    return inner === 'NULL' ? 'null' : this.#element(inner)
  }

  #isEnd(char: string): boolean {
    return char === this.#delimiter || char === '}'
  }
}

const escaped = /\\([^])/g
