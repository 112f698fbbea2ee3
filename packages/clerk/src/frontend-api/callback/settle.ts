// How a verification by another provider ends. What is kept of the account travels in its detail, by the account's id.

import { type AnyClerkRefusal, ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { renderClerkRefusal } from '../../refusal/render-clerk-refusal.ts'
import { type ExternalAccountColumns, insertExternalAccount } from '../../state/people/external-accounts.ts'
import type { Store } from '../../state/database/store.ts'
import { findVerification, settleVerification, type Verification } from '../../state/sessions/verifications.ts'
import type { JsonObject } from '../../tokens/json.ts'
import type { Proof } from '../../proof/verification/proof.ts'

/** Ends a verification with what was refused. */
export async function failVerification(store: Store, id: string, refusal: AnyClerkRefusal): Promise<void> {
  await settleVerification(store, id, { status: 'failed', error: errorOf(refusal) })
}

/**
 * Ends a verification with an account that the other of sign-in and sign-up can go on with; the refusal says which.
 * The account is nobody's until then.
 */
export async function leaveTransferable(
  store: Store,
  id: string,
  strategy: string,
  proven: ExternalAccountColumns,
  refusal: ClerkRefusal<'external_account_not_found' | 'external_account_exists'>,
): Promise<void> {
  await store.atomically(async (inner) => {
    const accountId = await insertExternalAccount(inner, strategy, proven)
    const detail = { external_account_id: accountId }
    await settleVerification(inner, id, { status: 'transferable', detail, error: errorOf(refusal) })
  })
}

/** The proof that a provider gave. `keep` keeps the account where the proof is used, and hands back its id. */
export function provenByProvider(
  strategy: string,
  verificationId: string,
  keep: (store: Store) => Promise<string>,
): Proof {
  return {
    strategy,
    spend: async (store) => {
      const detail = { external_account_id: await keep(store) }
      if (!(await settleVerification(store, verificationId, { status: 'verified', detail }))) {
        throw new ClerkRefusal('verification_already_verified', {})
      }
      const settled = await findVerification(store, verificationId)
      if (settled === null) throw new ClerkRefusal('verification_missing', {})
      return settled
    },
  }
}

/** The account that a verification was settled with, or null. */
export function accountIdOf(verification: Verification | null): string | null {
  const id = verification?.detail['external_account_id']
  return typeof id === 'string' ? id : null
}

function errorOf(
  refusal: AnyClerkRefusal | ClerkRefusal<'external_account_not_found' | 'external_account_exists'>,
): JsonObject {
  return { ...renderClerkRefusal(refusal).error } as JsonObject
}
