// How long a token may serve a socket: as long as it says, and it has to say so.

import type { Identity } from '../../identity/identity.ts'
import { Refusal } from '../../refusal/refusal.ts'

/** Passes the identity on. Refuses with `token.expiry-missing` a token without `exp`, as upstream; REST takes it. */
export function assertExpiring(identity: Identity): Identity {
  if (identity.via !== 'token' || identity.expiresAt !== null) return identity
  throw new Refusal('token.expiry-missing', { issuer: identity.issuer ?? 'this project' })
}
