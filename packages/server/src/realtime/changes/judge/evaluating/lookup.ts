// How the classes that may see a row are found without looking at each: by the value of a column that the policies
// compare with a value of the claims. What is found may still not see it; what is not found does not.

import { type Residual, valuesIn, isOpaque } from '../programs/reading/residual.ts'

/** One way to be found. */
export type Lookup =
  /** The class whose value (or one of whose elements) is the column's. */
  | { readonly kind: 'column'; readonly column: number; readonly value: number }
  /** Any row, for classes whose boolean value is true. */
  | { readonly kind: 'always'; readonly value: number }
  /** Any class, for rows of which this holds. */
  | { readonly kind: 'row'; readonly test: Residual }

/**
 * Every row that a class sees is found by one of these; null where only trying each class will do. Of several conditions
 * that must all hold, the one that finds fewest serves.
 */
export function lookupsOf(
  conditions: readonly Residual[],
  isConstant: (value: number) => boolean,
): readonly Lookup[] | null {
  let best: readonly Lookup[] | null = null
  for (const condition of conditions) {
    const found = lookupsFor(condition, isConstant)
    if (found !== null && (best === null || costOf(found) < costOf(best))) best = found
  }
  return best
}

function lookupsFor(residual: Residual, isConstant: (value: number) => boolean): readonly Lookup[] | null {
  if (!isOpaque(residual) && valuesIn(residual).every(isConstant)) return [{ kind: 'row', test: residual }]
  if (residual.kind === 'equal' || residual.kind === 'member') {
    return [{ kind: 'column', column: residual.column, value: residual.value }]
  }
  if (residual.kind === 'value') return [{ kind: 'always', value: residual.value }]
  if (residual.kind === 'all') return lookupsOf(residual.parts, isConstant)
  if (residual.kind !== 'any') return null
  const parts = residual.parts.map((part) => lookupsFor(part, isConstant))
  return parts.every((part) => part !== null) ? parts.flat() : null
}

/** A condition on the row alone finds either nobody or everybody, so it comes last. */
function costOf(lookups: readonly Lookup[]): number {
  return lookups.some(({ kind }) => kind === 'row') ? 1000 + lookups.length : lookups.length
}
