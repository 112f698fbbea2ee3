// The admitted classes of one role, found by what a row holds. With lookups, finding costs what is found.

import type { Value } from './class-values.ts'
import { compileResidual, type Row, type Test } from './compile-residual.ts'
import type { Lookup } from './lookup.ts'
import { ASK, TRUE } from './truth.ts'

interface Member {
  readonly values: readonly Value[]
}

type Finder<Class> =
  | {
      readonly kind: 'column'
      readonly column: number
      readonly value: number
      readonly found: Map<string, Set<Class>>
    }
  | { readonly kind: 'always'; readonly value: number; readonly found: Set<Class> }
  | { readonly kind: 'row'; readonly test: Test }

export class ClassIndex<Class extends Member> {
  readonly all = new Set<Class>()
  readonly #finders: readonly Finder<Class>[] | null
  readonly #constants: readonly Value[]

  constructor(lookups: readonly Lookup[] | null, constants: readonly Value[]) {
    this.#finders = lookups?.map((lookup) => finderOf<Class>(lookup)) ?? null
    this.#constants = constants
  }

  add(member: Class): void {
    this.all.add(member)
    for (const finder of this.#finders ?? []) {
      if (finder.kind === 'always' && member.values[finder.value] === 't') finder.found.add(member)
      if (finder.kind !== 'column') continue
      for (const text of textsOf(member.values[finder.value])) {
        const found = finder.found.get(text)
        if (found === undefined) finder.found.set(text, new Set([member]))
        else found.add(member)
      }
    }
  }

  remove(member: Class): void {
    this.all.delete(member)
    for (const finder of this.#finders ?? []) {
      if (finder.kind === 'always') finder.found.delete(member)
      if (finder.kind !== 'column') continue
      for (const text of textsOf(member.values[finder.value])) {
        const found = finder.found.get(text)
        found?.delete(member)
        if (found?.size === 0) finder.found.delete(text)
      }
    }
  }

  /** No class that sees the row is missing. */
  candidates(row: Row): Iterable<Class> {
    if (this.#finders === null) return this.all
    const [only, ...others] = this.#finders
    if (only !== undefined && others.length === 0) return this.#find(only, row)
    const found = new Set<Class>()
    for (const finder of this.#finders) {
      const some = this.#find(finder, row)
      if (some === this.all) return some
      for (const member of some) found.add(member)
    }
    return found
  }

  /** What the stream leaves out of a row could be any value. */
  #find(finder: Finder<Class>, row: Row): ReadonlySet<Class> {
    if (finder.kind === 'always') return finder.found
    if (finder.kind === 'row') {
      const truth = finder.test(row, this.#constants)
      return truth === TRUE || truth === ASK ? this.all : NOBODY
    }
    const cell = row[finder.column]
    if (cell === undefined) return this.all
    return (cell === null ? undefined : finder.found.get(cell)) ?? NOBODY
  }
}

const NOBODY: ReadonlySet<never> = new Set<never>()

function finderOf<Class>(lookup: Lookup): Finder<Class> {
  if (lookup.kind === 'column') return { ...lookup, found: new Map<string, Set<Class>>() }
  if (lookup.kind === 'always') return { ...lookup, found: new Set<Class>() }
  return { kind: 'row', test: compileResidual(lookup.test) }
}

function textsOf(value: Value | undefined): Iterable<string> {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? value.texts : []
}
