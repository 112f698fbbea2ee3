// The values that policies read of the claims, each once, in the order in which they stand in a class's vector.

import type { Sql } from '../../../../../database/sql.ts'
import type { ClaimsOnly } from '../../sql/claims-only.ts'

/** A value to be read under the role and claims. */
export interface ClaimsValue {
  /** An expression over nothing. */
  readonly sql: Sql
  /** An array is taken apart into its elements. */
  readonly shape: 'scalar' | 'array'
  readonly isConstant: boolean
  /** The first policy that reads it. */
  readonly policy: string
}

export class ClaimsValues {
  readonly list: ClaimsValue[] = []
  readonly #places = new Map<string, number>()

  /** Its place in the vector. */
  place({ sql, isConstant }: ClaimsOnly, shape: ClaimsValue['shape'], policy: string): number {
    const key = `${shape} ${sql}`
    const known = this.#places.get(key)
    if (known !== undefined) return known
    this.list.push({ sql, shape, isConstant, policy })
    this.#places.set(key, this.list.length - 1)
    return this.list.length - 1
  }
}
