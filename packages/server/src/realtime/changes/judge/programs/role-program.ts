// How one role's classes of one table are judged: what the policies that hold for the role come to.

import type { ColumnFacts, PolicyFacts, TableFacts } from '../../tables/table-facts.ts'
import type { Value } from '../evaluating/class-values.ts'
import type { Test } from '../evaluating/compile-residual.ts'
import type { Lookup } from '../evaluating/lookup.ts'
import type { Tier } from '../judge.ts'
import type { ClaimsValue } from './reading/values.ts'

export type RoleProgram =
  /** Row Level Security does not hold. */
  | { readonly kind: 'everything'; readonly role: string; readonly tier: Tier }
  /** Under Row Level Security: no right to select, or no policy that lets anything be read. */
  | { readonly kind: 'nothing'; readonly role: string; readonly tier: Tier }
  | PolicyProgram

export interface PolicyProgram {
  readonly kind: 'policies'
  readonly role: string
  readonly tier: Tier
  readonly facts: TableFacts
  readonly policies: readonly PolicyFacts[]
  readonly values: readonly ClaimsValue[]
  /** Those of `values` that are the same for everybody, in their places. */
  readonly constants: readonly Value[]
  /** All of them must hold for a row to be seen. */
  readonly tests: readonly Test[]
  readonly lookups: readonly Lookup[] | null
  /** Every identity is a class of its own: what Postgres is asked may depend on any of its claims. */
  readonly isByIdentity: boolean
  /** Places of the columns that the policies read. */
  readonly columns: readonly number[]
  /** Only Postgres' own answer for the row as it is stored will do. */
  readonly needsStoredRow: boolean
  /** The primary key; empty without one. */
  readonly key: readonly ColumnFacts[]
  /** Differs where the policies or the way of applying them do. */
  readonly fingerprint: string
}
