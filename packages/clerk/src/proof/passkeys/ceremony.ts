// A WebAuthn ceremony under way: what the device was asked, kept as a verification until it answers.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Store } from '../../state/database/store.ts'
import { insertVerification, type Verification } from '../../state/sessions/verifications.ts'
import type { RelyingParty } from './relying-party.ts'

/** Ten minutes, as with codes. */
const lifetime = 600_000

/** What an answer is held against. */
export interface Asked extends RelyingParty {
  readonly challenge: string
}

/** The options of a ceremony, of either kind. */
interface Options {
  readonly challenge: string
}

/** Keeps the options; the SDK reads them from `nonce`. */
export function startCeremony(
  store: Store,
  clientId: string,
  { id, origin }: RelyingParty,
  options: Options,
): Promise<Verification> {
  return insertVerification(store, {
    strategy: 'passkey',
    clientId,
    secretDigest: null,
    detail: { nonce: JSON.stringify(options), challenge: options.challenge, rp_id: id, origin },
    lifetime,
  })
}

/** What the answer has to be checked for, whatever its kind. */
export function expectationsOf({ challenge, origin, id }: Asked) {
  return {
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: id,
    requireUserVerification: true,
  } as const
}

/** What was asked. Refuses a verification that is no ceremony, or that was begun by another client. */
export function requireAsked({ strategy, detail, clientId }: Verification, client: string): Asked {
  const { challenge, rp_id: id, origin } = detail
  const complete = typeof challenge === 'string' && typeof id === 'string' && typeof origin === 'string'
  if (strategy !== 'passkey' || clientId !== client || !complete) {
    throw new ClerkRefusal('passkey_invalid_verification', {})
  }
  return { challenge, id, origin }
}
