// What the policies on `realtime.messages` read of whoever asks: those who agree in it get the same answer.

import type { Identity } from '../../../identity/identity.ts'

export type Reach =
  /** The role, the topic, these claims (whole, by their names in the token), perhaps the headers: nothing else. */
  | { readonly kind: 'claims'; readonly claims: readonly string[]; readonly readsHeaders: boolean }
  /** Perhaps more: rows of other tables, a function of the project, the time. */
  | { readonly kind: 'unknown' }

export const unknownReach: Reach = { kind: 'unknown' }

type Asking = Pick<Identity, 'role' | 'claims' | 'claimsJson'>

/** Equal for those whom the policies cannot tell apart on a topic. */
export function keyOf(
  reach: Reach,
  { role, claims, claimsJson }: Asking,
  subtopic: string,
  headersJson: string,
): string {
  if (reach.kind === 'unknown') return JSON.stringify(['unknown', role, subtopic, claimsJson, headersJson])
  // A claim that is missing is another thing than one that is null.
  const read = reach.claims.map((name) => (Object.hasOwn(claims, name) ? [name, claims[name]] : [name]))
  return JSON.stringify(['claims', role, subtopic, read, reach.readsHeaders ? [headersJson] : []])
}
