// What a row's form holds: for each column nothing, NULL, the default or a text.

import type { Column, Relation, Row } from '../rows/relation.ts'
import type { Values } from '../rows/requests.ts'

export type DraftValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'null' }
  /** For a new row: nothing is said, so that the column gets what it gets. For an old one: back to the default. */
  | { readonly kind: 'default' }

export type Draft = Readonly<Record<string, DraftValue>>

/** The form as it begins: the row's values, or nothing for a new row. */
export function draftOf(relation: Relation, row: Row | null): Draft {
  return Object.fromEntries(
    relation.columns.map(({ name }, index) => [
      name,
      row === null ? { kind: 'default' } : draftValue(row.cells[index]),
    ]),
  )
}

function draftValue(value: string | null | undefined): DraftValue {
  return value === null || value === undefined ? { kind: 'null' } : { kind: 'text', text: value }
}

/** The columns that were changed, as the endpoints take them. */
export function changesOf(before: Draft, after: Draft): { readonly values: Values; readonly defaults: string[] } {
  const changed = Object.entries(after).filter(([name, value]) => !same(before[name], value))
  return {
    values: Object.fromEntries(
      changed.flatMap(([name, value]) =>
        value.kind === 'default' ? [] : [[name, value.kind === 'text' ? value.text : null]],
      ),
    ),
    defaults: changed.flatMap(([name, value]) => (value.kind === 'default' ? [name] : [])),
  }
}

function same(a: DraftValue | undefined, b: DraftValue): boolean {
  if (a?.kind !== b.kind) return false
  return a.kind !== 'text' || b.kind !== 'text' || a.text === b.text
}

/** A value may be given at all. */
export function takesValue({ given }: Column): boolean {
  return given === 'ordinary' || given === 'identity'
}

/** What a new row gets where nothing is said; null where it must be said. */
export function withoutValue({ given, default: expression, nullable }: Column): string | null {
  if (given === 'identity' || given === 'always') return 'the next number'
  if (given === 'generated') return expression
  return expression ?? (nullable ? 'NULL' : null)
}
