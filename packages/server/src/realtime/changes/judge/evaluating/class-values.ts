// A class's vector: the values its identities show of their claims, in a form that comparing is cheap on.

import type { ClaimsValue } from '../programs/reading/values.ts'

/** An array value: its elements' texts. */
export interface Elements {
  readonly texts: ReadonlySet<string>
  readonly hasNull: boolean
}

export type Value = string | null | Elements

/** From the cell that `valuesStatement` returns for it. */
export function readValue({ shape }: ClaimsValue, cell: string | null): Value {
  if (shape === 'scalar' || cell === null) return cell
  const elements = JSON.parse(cell) as (string | null)[]
  const texts = new Set<string>()
  for (const element of elements) if (element !== null) texts.add(element)
  return { texts, hasNull: elements.includes(null) }
}
