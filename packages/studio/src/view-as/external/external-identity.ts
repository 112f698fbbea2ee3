// Somebody of an identity provider that cannot be asked, from what a person knows of her.

import type { ViewAs } from '../view-as.ts'

interface ExternalUser {
  readonly id: string
  /** JSON as it was typed; empty for no more claims. */
  readonly claims: string
}

type Read =
  | { readonly kind: 'identity'; readonly identity: ViewAs }
  | { readonly kind: 'invalid'; readonly field: keyof ExternalUser; readonly problem: string }

/** Authenticated, with `sub` and whatever the claims say; a `role` among them is the role, as in a token. */
export function externalIdentity({ id, claims }: ExternalUser): Read {
  const sub = id.trim()
  if (sub === '') return { kind: 'invalid', field: 'id', problem: 'Give the id that her tokens carry in sub.' }
  const more = readObject(claims)
  if (more === null)
    return { kind: 'invalid', field: 'claims', problem: 'This is no JSON object, such as {"org_id": "org_1"}.' }
  const role = typeof more['role'] === 'string' && more['role'] !== '' ? more['role'] : 'authenticated'
  return { kind: 'identity', identity: { role, claims: { sub, ...more, role }, label: sub } }
}

function readObject(text: string): Readonly<Record<string, unknown>> | null {
  if (text.trim() === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
