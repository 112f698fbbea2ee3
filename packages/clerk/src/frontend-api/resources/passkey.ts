// Passkeys as their owner's browser sees them.

import type { OwnPasskey, PendingPasskey } from '../../state/people/passkeys.ts'
import type { Verification } from '../../state/sessions/verifications.ts'
import { verificationResource } from '../../resources/verification.ts'

/** A registered passkey. */
export function passkeyResource(passkey: OwnPasskey): object {
  return {
    object: 'passkey',
    id: passkey.id,
    name: passkey.name,
    verification: {
      object: 'verification_passkey',
      status: 'verified',
      strategy: 'passkey',
      attempts: null,
      expire_at: null,
    },
    last_used_at: passkey.lastUsedAt,
    created_at: passkey.createdAt,
    updated_at: passkey.updatedAt,
  }
}

/** One whose registration is under way; the device's options are in `verification.nonce`, as JSON text. */
export function pendingPasskeyResource(passkey: PendingPasskey, verification: Verification): object {
  return {
    object: 'passkey',
    id: passkey.id,
    name: passkey.name,
    verification: verificationResource(verification),
    last_used_at: null,
    created_at: passkey.createdAt,
    updated_at: passkey.createdAt,
  }
}
