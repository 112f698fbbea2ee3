// What is left of policies once everything that does not depend on the row is a value read from the claims: conditions
// over columns (by their place in the table's facts) and values (by their place in the class's vector).

export type Residual =
  | { readonly kind: 'all' | 'any'; readonly parts: readonly Residual[] }
  | { readonly kind: 'not'; readonly part: Residual }
  /** IS TRUE, IS FALSE, IS UNKNOWN. */
  | { readonly kind: 'truth'; readonly part: Residual; readonly is: 'true' | 'false' | 'unknown' }
  | { readonly kind: 'equal'; readonly column: number; readonly value: number }
  /** IS DISTINCT FROM. */
  | { readonly kind: 'distinct'; readonly column: number; readonly value: number }
  | { readonly kind: 'same'; readonly column: number; readonly other: number }
  /** `= ANY`, the value an array. */
  | { readonly kind: 'member'; readonly column: number; readonly value: number }
  | { readonly kind: 'null'; readonly column: number }
  /** A boolean column. */
  | { readonly kind: 'column'; readonly column: number }
  /** A boolean value. */
  | { readonly kind: 'value'; readonly value: number }
  /** Only Postgres can tell. */
  | { readonly kind: 'opaque' }

/** The places of the values in a residual, each as often as it stands there. */
export function valuesIn(residual: Residual): readonly number[] {
  return 'value' in residual ? [residual.value] : partsOf(residual).flatMap(valuesIn)
}

/** Whether Postgres must be asked for some rows. */
export function isOpaque(residual: Residual): boolean {
  return residual.kind === 'opaque' || partsOf(residual).some(isOpaque)
}

function partsOf(residual: Residual): readonly Residual[] {
  if ('parts' in residual) return residual.parts
  return 'part' in residual ? [residual.part] : []
}
