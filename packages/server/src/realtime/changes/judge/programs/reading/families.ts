// Types whose values are equal exactly when Postgres prints them alike, in families within which `=` compares any two.

import type { ColumnFacts } from '../../../tables/table-facts.ts'

export type Family = 'text' | 'uuid' | 'integer' | 'boolean' | `enum ${number}`

const families: ReadonlyMap<number, Family> = new Map<number, Family>([
  [16, 'boolean'],
  [19, 'text'],
  [20, 'integer'],
  [21, 'integer'],
  [23, 'integer'],
  [25, 'text'],
  [1043, 'text'],
  [2950, 'uuid'],
])

/** Null for a column whose equality is not its text's: `char(n)`, numeric, dates, domains, other collations. */
export function familyOfColumn({ typeOid, typeKind, isDeterministic }: ColumnFacts): Family | null {
  if (!isDeterministic) return null
  if (typeKind === 'enum') return `enum ${typeOid}`
  return familyOfType(typeOid)
}

/** Null for a type that is none of the built-in ones above. */
export function familyOfType(oid: number): Family | null {
  return families.get(oid) ?? null
}
