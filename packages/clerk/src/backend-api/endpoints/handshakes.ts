// GET /clients/handshake_payload: where an application's server fetches the cookies of a handshake.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { takeHandshake } from '../../state/sessions/handshakes.ts'
import type { BackendRequest, Endpoint } from '../backend-request.ts'

export const handshakeEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/clients/handshake_payload', answer: handshakePayload },
]

/** Hands the cookies out once. Refuses a nonce that is unknown, used or older than a minute. */
async function handshakePayload({ store, query }: BackendRequest): Promise<object> {
  const nonce = query.get('nonce')
  if (nonce === null || nonce === '') throw new ClerkRefusal('form_param_missing', { param: 'nonce' })
  const directives = await takeHandshake(store, nonce)
  if (directives === null) throw new ClerkRefusal('handshake_nonce_unknown', {})
  return { directives }
}
