// PostgREST's configuration file: `key = value` lines, comments, groups, imports and `$(name)` in texts. The syntax is
// that of the configurator library (https://hackage.haskell.org/package/configurator-pg).

import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

export type SettingValue = string | number | boolean | readonly SettingValue[]

/** Full keys (`app.settings.host`) and their values; a later line wins over an earlier one. */
export type FileSettings = ReadonlyMap<string, SettingValue>

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the file and what it imports. Throws SyntaxError naming file and line, or node's error of reading. */
export function readSettingsFile(path: string, env: Environment): FileSettings {
  const settings = new Map<string, SettingValue>()
  readInto(settings, resolve(path), '', env)
  return settings
}

/** Reads a text as if it were the file `path`, to which its imports are relative. */
export function parseSettingsFile(text: string, path: string, env: Environment): FileSettings {
  const settings = new Map<string, SettingValue>()
  new Reader(text, path, settings, env).readAll('')
  return settings
}

function readInto(settings: Map<string, SettingValue>, path: string, prefix: string, env: Environment): void {
  new Reader(readFileSync(path, 'utf8'), path, settings, env).readAll(prefix)
}

const blank = /(?:\s|#(?!;)[^\r\n]*)*/y
const space = /(?:[ \t]|#[^\r\n]*)*/y
const lineEnd = /\r?\n/y
const key = /\p{L}[\p{L}\p{N}_-]*(?:\.\p{L}[\p{L}\p{N}_-]*)*/uy
const word = /on|off|true|false/y
const number = /[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const plain = /[^"\\]+/y
const unicode = /\\u([\dA-Fa-f]{4})/y
const simpleEscapes = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['"', '"'],
  ['\\', '\\'],
])

class Reader {
  readonly #text: string
  readonly #path: string
  readonly #settings: Map<string, SettingValue>
  readonly #env: Environment
  #at = 0

  constructor(text: string, path: string, settings: Map<string, SettingValue>, env: Environment) {
    this.#text = text
    this.#path = path
    this.#settings = settings
    this.#env = env
  }

  readAll(prefix: string): void {
    this.#directives(prefix)
    if (this.#at < this.#text.length) this.#fail('expected a setting')
  }

  #directives(prefix: string): void {
    this.#skip(blank)
    while (this.#directive(prefix)) {
      this.#skip(space)
      if (this.#match(lineEnd) === null) return
      this.#skip(blank)
    }
  }

  #directive(prefix: string): boolean {
    // `#;` comments out the whole setting behind it, however many lines that takes.
    if (this.#text.startsWith('#;', this.#at)) {
      this.#at += 2
      this.#skip(space)
      return new Reader(this.#text, this.#path, new Map(), this.#env).#continueFor(this, prefix)
    }
    const name = this.#match(key)?.[0]
    if (name === undefined) return false
    this.#skip(blank)
    if (name === 'import' && this.#text[this.#at] === '"') {
      readInto(this.#settings, resolve(dirname(this.#path), this.#string()), prefix, this.#env)
    } else if (this.#take('=')) {
      this.#skip(blank)
      const value = this.#value()
      this.#settings.set(prefix + name, typeof value === 'string' ? this.#interpolate(value, prefix) : value)
    } else if (this.#take('{')) {
      this.#directives(`${prefix}${name}.`)
      this.#skip(blank)
      if (!this.#take('}')) this.#fail('expected }')
    } else this.#fail(`expected = after ${name}`)
    return true
  }

  /** Reads one directive into settings of its own, which nobody sees, and moves the other reader behind it. */
  #continueFor(other: Reader, prefix: string): boolean {
    this.#at = other.#at
    const read = this.#directive(prefix)
    other.#at = this.#at
    return read
  }

  #value(): SettingValue {
    const truth = this.#match(word)?.[0]
    if (truth !== undefined) return truth === 'on' || truth === 'true'
    if (this.#text[this.#at] === '"') return this.#string()
    if (this.#take('[')) return this.#list()
    const digits = this.#match(number)?.[0]
    return digits === undefined ? this.#fail('expected a value') : Number(digits)
  }

  #list(): readonly SettingValue[] {
    const values: SettingValue[] = []
    this.#skip(blank)
    if (this.#take(']')) return values
    do {
      this.#skip(blank)
      values.push(this.#value())
      this.#skip(blank)
    } while (this.#take(','))
    if (!this.#take(']')) this.#fail('expected ]')
    return values
  }

  #string(): string {
    if (!this.#take('"')) this.#fail('expected a text in double quotes')
    let text = ''
    while (!this.#take('"')) {
      const run = this.#match(plain)?.[0]
      if (run === undefined) text += this.#escape()
      else text += run
    }
    return text
  }

  #escape(): string {
    const hex = this.#match(unicode)?.[1]
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16))
    if (this.#at >= this.#text.length) return this.#fail('a text is not closed')
    const meant = simpleEscapes.get(this.#text[this.#at + 1] ?? '')
    if (meant === undefined) return this.#fail('unknown escape in a text')
    this.#at += 2
    return meant
  }

  /** `$$` is a dollar; `$(name)` a setting read before, looked for from the innermost group outwards, or a variable. */
  #interpolate(text: string, prefix: string): string {
    return text.replaceAll(/\$(?:\$|\(([^)]+)\)|)/g, (written, name: string | undefined) => {
      if (written === '$$') return '$'
      return name === undefined ? this.#fail('a dollar sign in a text is written $$') : this.#lookUp(name, prefix)
    })
  }

  #lookUp(name: string, prefix: string): string {
    const groups = prefix.split('.').slice(0, -1)
    for (let depth = groups.length; depth >= 0; depth -= 1) {
      const value = this.#settings.get([...groups.slice(0, depth), name].join('.'))
      if (typeof value === 'string' || typeof value === 'number') return String(value)
      if (value !== undefined) return this.#fail(`variable '${name}' is not a string or number`)
    }
    return this.#env[name] ?? this.#fail(`no such variable: '${name}'`)
  }

  #skip(pattern: RegExp): void {
    this.#match(pattern)
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match !== null) this.#at += match[0].length
    return match
  }

  #take(sign: string): boolean {
    if (!this.#text.startsWith(sign, this.#at)) return false
    this.#at += sign.length
    return true
  }

  #fail(problem: string): never {
    const line = this.#text.slice(0, this.#at).split('\n').length
    throw new SyntaxError(`${this.#path}:${line}: ${problem}`)
  }
}
