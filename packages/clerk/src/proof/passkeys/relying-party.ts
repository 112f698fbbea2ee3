// For whom a device makes a passkey: the host of the page that asks (WebAuthn §5.1.2, the relying party).

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'

export interface RelyingParty {
  /** The host, without a port. */
  readonly id: string
  /** What the device says it was asked by. */
  readonly origin: string
}

/** The relying party of a page whose origin is welcome. Refuses a request that tells no origin. */
export function requireRelyingParty(origin: string | null): RelyingParty {
  if (origin === null || !URL.canParse(origin))
    throw new ClerkRefusal('origin_invalid', { origin: origin ?? 'nowhere' })
  return { id: new URL(origin).hostname, origin }
}
