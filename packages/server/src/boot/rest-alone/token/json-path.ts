// JSON Path (RFC 9535) with the one function PostgREST has, `search()`. Finds every node; whoever asks takes the first.

/** All nodes of a value that the path selects, in the RFC's order. */
export type JsonPath = (root: unknown) => readonly unknown[]

type Selector = (node: unknown, root: unknown) => readonly unknown[]
/** Nodes a path inside a filter selects, from the node under test or from the root. */
type Query = (node: unknown, root: unknown) => readonly unknown[]
type Test = (node: unknown, root: unknown) => boolean
/** What a comparison compares; `absent` where a path selects nothing. */
type Operand = (node: unknown, root: unknown) => unknown

/** Throws SyntaxError for a text that is no such path. */
export function parseJsonPath(text: string): JsonPath {
  const query = new PathReader(text).readWhole()
  return (root) => query(root, root)
}

const absent = Symbol('absent')
const blank = /[ \t\r\n]*/y
const memberName = /[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*/uy
const integer = /-?(?:0|[1-9]\d*)(?!\d)/y
const numeral = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const operator = /==|!=|<=|>=|<|>/y
const word = /true|false|null/y
const searchCall = /search\(/y
const quoted = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/sy

class PathReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  readWhole(): Query {
    this.#expect('$')
    const query = this.#segments()
    if (this.#at < this.#text.length) this.#fail()
    return query
  }

  #segments(): Query {
    const steps: Selector[] = []
    for (let step = this.#segment(); step !== null; step = this.#segment()) steps.push(step)
    return (node, root) => {
      let nodes: readonly unknown[] = [node]
      for (const step of steps) nodes = nodes.flatMap((each) => step(each, root))
      return nodes
    }
  }

  #segment(): Selector | null {
    const before = this.#at
    this.#match(blank)
    if (this.#take('..')) {
      const select = this.#peek('[') ? this.#brackets() : this.#dotted()
      return (node, root) => withDescendants(node).flatMap((each) => select(each, root))
    }
    if (this.#take('.')) return this.#dotted()
    if (this.#peek('[')) return this.#brackets()
    this.#at = before
    return null
  }

  #dotted(): Selector {
    if (this.#take('*')) return childrenOf
    const name = this.#match(memberName)?.[0] ?? this.#fail()
    return (node) => memberOf(node, name)
  }

  #brackets(): Selector {
    this.#expect('[')
    const selectors: Selector[] = []
    do {
      this.#match(blank)
      selectors.push(this.#selector())
      this.#match(blank)
    } while (this.#take(','))
    this.#expect(']')
    return (node, root) => selectors.flatMap((select) => select(node, root))
  }

  #selector(): Selector {
    if (this.#take('*')) return childrenOf
    if (this.#take('?')) {
      this.#match(blank)
      const test = this.#either()
      return (node, root) => childrenOf(node).filter((child) => test(child, root))
    }
    const name = this.#string()
    return name === null ? this.#indexOrSlice() : (node) => memberOf(node, name)
  }

  #indexOrSlice(): Selector {
    const start = this.#integer()
    this.#match(blank)
    if (!this.#take(':')) {
      if (start === null) return this.#fail()
      return (node) => (Array.isArray(node) && node.at(start) !== undefined ? [node.at(start)] : [])
    }
    this.#match(blank)
    const end = this.#integer()
    this.#match(blank)
    const step = this.#take(':') ? (this.#match(blank), this.#integer()) : null
    return (node) => (Array.isArray(node) ? sliceOf(node, start, end, step ?? 1) : [])
  }

  #either(): Test {
    const tests = [this.#both()]
    while (this.#takeSpaced('||')) tests.push(this.#both())
    return (node, root) => tests.some((test) => test(node, root))
  }

  #both(): Test {
    const tests = [this.#single()]
    while (this.#takeSpaced('&&')) tests.push(this.#single())
    return (node, root) => tests.every((test) => test(node, root))
  }

  #single(): Test {
    this.#match(blank)
    if (this.#take('!')) {
      const test = this.#single()
      return (node, root) => !test(node, root)
    }
    if (this.#take('(')) {
      const test = this.#either()
      this.#match(blank)
      this.#expect(')')
      return test
    }
    return this.#match(searchCall) === null ? this.#comparison() : this.#search()
  }

  #comparison(): Test {
    const query = this.#query()
    const left = query === null ? this.#literal() : valueOf(query)
    this.#match(blank)
    const sign = this.#match(operator)?.[0]
    if (sign === undefined) return query === null ? this.#fail() : (node, root) => query(node, root).length > 0
    this.#match(blank)
    const right = this.#operand()
    return (node, root) => compare(left(node, root), sign, right(node, root))
  }

  #search(): Test {
    this.#match(blank)
    const searched = this.#operand()
    this.#match(blank)
    this.#expect(',')
    this.#match(blank)
    const pattern = this.#string() ?? this.#fail()
    this.#match(blank)
    this.#expect(')')
    const expression = new RegExp(pattern, 'u')
    return (node, root) => {
      const value = searched(node, root)
      return typeof value === 'string' && expression.test(value)
    }
  }

  #operand(): Operand {
    const query = this.#query()
    return query === null ? this.#literal() : valueOf(query)
  }

  #query(): Query | null {
    if (this.#take('@')) return this.#segments()
    if (!this.#take('$')) return null
    const query = this.#segments()
    return (_node, root) => query(root, root)
  }

  #literal(): Operand {
    const text = this.#string()
    if (text !== null) return () => text
    const written = (this.#match(word) ?? this.#match(numeral))?.[0] ?? this.#fail()
    const value: unknown = JSON.parse(written)
    return () => value
  }

  #string(): string | null {
    const match = this.#match(quoted)
    if (match === null) return null
    const [, double, single = ''] = match
    const json = double ?? single.replaceAll(String.raw`\'`, "'").replaceAll(/(^|[^\\])"/g, String.raw`$1\"`)
    return JSON.parse(`"${json}"`) as string
  }

  #integer(): number | null {
    const digits = this.#match(integer)?.[0]
    return digits === undefined ? null : Number(digits)
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match !== null) this.#at += match[0].length
    return match
  }

  #peek(sign: string): boolean {
    return this.#text.startsWith(sign, this.#at)
  }

  #take(sign: string): boolean {
    if (!this.#peek(sign)) return false
    this.#at += sign.length
    return true
  }

  #takeSpaced(sign: string): boolean {
    this.#match(blank)
    return this.#take(sign)
  }

  #expect(sign: string): void {
    if (!this.#take(sign)) this.#fail()
  }

  #fail(): never {
    throw new SyntaxError(`no JSON Path at character ${this.#at + 1}`)
  }
}

function memberOf(node: unknown, name: string): readonly unknown[] {
  const isObject = typeof node === 'object' && node !== null && !Array.isArray(node)
  return isObject && Object.hasOwn(node, name) ? [(node as Record<string, unknown>)[name]] : []
}

function childrenOf(node: unknown): readonly unknown[] {
  return typeof node === 'object' && node !== null ? Object.values(node) : []
}

function withDescendants(node: unknown): readonly unknown[] {
  return [node, ...childrenOf(node).flatMap(withDescendants)]
}

/** RFC 9535 §2.3.4.2: bounds count from the end where they are negative, and end at the list's own. */
function sliceOf(list: readonly unknown[], start: number | null, end: number | null, step: number): readonly unknown[] {
  if (step === 0) return []
  const { length } = list
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1]
  const bound = (given: number | null, fallback: number): number =>
    given === null ? fallback : Math.min(Math.max(given < 0 ? length + given : given, low), high)
  const [first, last] = step > 0 ? [bound(start, 0), bound(end, length)] : [bound(start, length - 1), bound(end, -1)]
  const nodes: unknown[] = []
  for (let at = first; step > 0 ? at < last : at > last; at += step) nodes.push(list[at])
  return nodes
}

function valueOf(query: Query): Operand {
  return (node, root) => {
    const [first = absent, second] = query(node, root)
    return second === undefined ? first : absent
  }
}

/** RFC 9535 §2.3.5.2.2: only numbers and texts have an order, each among themselves. */
function compare(left: unknown, sign: string, right: unknown): boolean {
  switch (sign) {
    case '==':
      return isSame(left, right)
    case '!=':
      return !isSame(left, right)
    case '<':
      return isLess(left, right)
    case '>':
      return isLess(right, left)
    case '<=':
      return isLess(left, right) || isSame(left, right)
    default:
      return isLess(right, left) || isSame(left, right)
  }
}

function isSame(left: unknown, right: unknown): boolean {
  if (typeof left !== 'object' || left === null || typeof right !== 'object' || right === null) return left === right
  const [ours, theirs] = [Object.entries(left), Object.entries(right)]
  const isAlike = Array.isArray(left) === Array.isArray(right) && ours.length === theirs.length
  return isAlike && ours.every(([name, value]) => isSame(value, memberOrItem(right, name)))
}

function memberOrItem(node: object, name: string): unknown {
  return Object.hasOwn(node, name) ? (node as Record<string, unknown>)[name] : absent
}

function isLess(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return left < right
  return typeof left === 'string' && typeof right === 'string' && left < right
}
