// Reads one table of a TOML document and remembers which keys were asked for, so that whatever nobody
// read can be named once. What the keys mean is the caller's business.

import { Refusal } from '../../refusal/refusal.ts'
import { unsetVariable } from './substitute-environment.ts'

type Table = Readonly<Record<string, unknown>>

type NamedSections<Always extends string> = Readonly<Record<string, ConfigSection>> &
  Readonly<Record<Always, ConfigSection>>

/** A table of the configuration. Getters return the fallback for an absent key and refuse a wrong kind of value. */
export class ConfigSection {
  readonly #table: Table
  readonly #path: string
  readonly #file: string
  readonly #read = new Set<string>()
  readonly #children: ConfigSection[] = []

  constructor(table: Table, path: string, file: string) {
    this.#table = table
    this.#path = path
    this.#file = file
  }

  string(key: string, fallback: string): string {
    const value = this.#take(key)
    if (value === undefined) return fallback
    if (typeof value !== 'string') this.#refuse(key, 'must be a string')
    return value
  }

  /** A string that must be there and not be empty, nor wait for an environment variable. */
  required(key: string): string {
    const value = this.string(key, '')
    if (value === '') this.#refuse(key, 'must be given')
    this.#refuseUnset(key, value)
    return value
  }

  optionalString(key: string): string | null {
    return this.#take(key) === undefined ? null : this.string(key, '')
  }

  /** A key, which may be left out; the text `env(NAME)` is none, as everybody can read it, and refused of what is in use. */
  key(key: string, isInUse = true): string | null {
    const value = this.optionalString(key)
    if (value === null || unsetVariable(value) === null) return value
    if (isInUse) this.#refuseUnset(key, value)
    return null
  }

  /** A key of at least `shortest` characters. */
  secret(key: string, shortest: number, isInUse = true): string | null {
    const value = this.key(key, isInUse)
    if (value === null) return null
    if (value.length < shortest) this.#refuse(key, `must have at least ${shortest} characters`)
    return value
  }

  /** A string of a form; `form` says it in words. */
  matching(key: string, fallback: string, pattern: RegExp, form: string): string {
    const value = this.string(key, fallback)
    if (!pattern.test(value)) this.#refuse(key, `must be ${form}`)
    return value
  }

  /** A text with rules of its own: `problemOf` says what it must be, or null. Null where it is absent or empty. */
  checked(key: string, problemOf: (text: string) => string | null): string | null {
    const value = this.string(key, '')
    this.#refuseUnset(key, value)
    const problem = value === '' ? null : problemOf(value)
    if (problem !== null) this.#refuse(key, problem)
    return value === '' ? null : value
  }

  boolean(key: string, fallback: boolean): boolean {
    const value = this.#take(key)
    if (value === undefined) return fallback
    if (typeof value !== 'boolean') this.#refuse(key, 'must be true or false')
    return value
  }

  optionalBoolean(key: string): boolean | null {
    return this.#take(key) === undefined ? null : this.boolean(key, false)
  }

  /** A whole number between `least` and `most`. */
  integer(key: string, fallback: number, least: number, most: number): number {
    const value = this.#take(key)
    if (value === undefined) return fallback
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
      this.#refuse(key, `must be a whole number from ${least} to ${most}`)
    return value
  }

  /** A number of bytes, or a text that `parse` reads as one; null where it is absent. */
  bytes(key: string, parse: (text: string) => number | null, most: number): number | null {
    const value = this.#take(key)
    if (value === undefined) return null
    const bytes = typeof value === 'string' ? parse(value) : value
    if (typeof bytes !== 'number' || !Number.isInteger(bytes) || bytes < 0 || bytes > most)
      this.#refuse(key, `must be a size such as "50MiB", at most ${most} bytes`)
    return bytes
  }

  port(key: string, fallback: number): number {
    return this.integer(key, fallback, 0, 65_535)
  }

  strings(key: string, fallback: readonly string[]): readonly string[] {
    const value = this.#take(key)
    if (value === undefined) return fallback
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
      this.#refuse(key, 'must be an array of strings')
    return value
  }

  /** The table under `key`; an empty one where it is absent. */
  section(key: string): ConfigSection {
    const child = new ConfigSection(this.table(key), this.#full(key), this.#file)
    this.#children.push(child)
    return child
  }

  /** The name of a schema of the user's own. */
  schema(key: string, fallback: string): string {
    const name = this.string(key, fallback)
    if (!/^[A-Za-z_][\w$]{0,62}$/.test(name) || /^(pg_.*|information_schema|clerk|clerk_mirror|tenon|auth)$/.test(name))
      this.#refuse(key, "must be the name of a schema of the project's own")
    return name
  }

  /**
   * The tables of the table under `key`, by name: those of `always`, which may be empty, and whichever there are. Refuses
   * a name that is `taken` by something else.
   */
  named<Always extends string>(
    key: string,
    always: readonly Always[],
    taken: readonly string[] = [],
  ): NamedSections<Always> {
    const parent = this.section(key)
    for (const name of taken)
      if (Object.hasOwn(parent.#table, name))
        parent.#refuse(name, 'is a name with a meaning of its own: choose another')
    const names = new Set([...always, ...Object.keys(parent.#table)])
    return Object.fromEntries([...names].map((name) => [name, parent.section(name)])) as NamedSections<Always>
  }

  /** The keys nobody asked for so far, for a reader with rules of its own. */
  rest(): Table {
    const names = Object.keys(this.#table).filter((key) => !this.#read.has(key))
    return Object.fromEntries(names.map((key) => [key, this.#take(key)]))
  }

  /** One of a few texts. */
  choice<Choice extends string>(key: string, choices: readonly [Choice, ...Choice[]]): Choice {
    const value = this.string(key, choices[0])
    const found = choices.find((choice) => choice === value)
    return found ?? this.#refuse(key, `must be one of ${choices.join(', ')}`)
  }

  /** Each table of the array of tables under `key`; none where it is absent. */
  sections(key: string): readonly ConfigSection[] {
    const value = this.#take(key) ?? []
    if (!Array.isArray(value) || !value.every(isTable)) this.#refuse(key, 'must be an array of tables')
    const children = value.map((table, index) => new ConfigSection(table, `${this.#full(key)}[${index}]`, this.#file))
    this.#children.push(...children)
    return children
  }

  /** Whole numbers of at least 0. */
  integers(key: string, fallback: readonly number[]): readonly number[] {
    const value = this.#take(key)
    if (value === undefined) return fallback
    if (!Array.isArray(value) || !value.every(isNatural)) this.#refuse(key, 'must be an array of whole numbers')
    return value
  }

  /** The table under `key` as it stands, for a reader with rules of its own. */
  table(key: string): Table {
    const value = this.#take(key) ?? {}
    if (!isTable(value)) this.#refuse(key, 'must be a table')
    return value
  }

  /** Dotted names of the keys that nobody asked for, here and below. */
  unread(): readonly string[] {
    const own = Object.keys(this.#table).filter((key) => !this.#read.has(key))
    return [...own.map((key) => this.#full(key)), ...this.#children.flatMap((child) => child.unread())]
  }

  #take(key: string): unknown {
    this.#read.add(key)
    return this.#table[key]
  }

  #full(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`
  }

  #refuseUnset(key: string, value: string): void {
    const unset = unsetVariable(value)
    if (unset !== null) this.#refuse(key, `needs the environment variable ${unset}, which is not set`)
  }

  #refuse(key: string, problem: string): never {
    throw new Refusal('boot.config-invalid', { file: this.#file, key: this.#full(key), problem })
  }
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

function isNatural(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0
}
