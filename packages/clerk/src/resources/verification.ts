// Verifications as browsers see them.

import type { Verification } from '../state/sessions/verifications.ts'

/** A verification; null for none. */
export function verificationResource(verification: Verification | null): object | null {
  if (verification === null) return null
  const { strategy, status, attempts, expireAt, error, detail } = verification
  return {
    object: `verification_${kindOf(strategy)}`,
    status,
    strategy,
    attempts,
    expire_at: expireAt,
    error,
    nonce: detail['nonce'] ?? null,
    message: detail['message'] ?? null,
    external_verification_redirect_url: detail['external_verification_redirect_url'] ?? null,
    verified_at_client: detail['verified_at_client'] ?? null,
    channel: strategy.endsWith('phone_code') ? 'sms' : null,
  }
}

/** Clerk names the kind of a verification by what proves it: every code is an `otp`, every provider an `oauth`. */
function kindOf(strategy: string): string {
  if (strategy.startsWith('oauth_')) return 'oauth'
  if (strategy.startsWith('from_oauth_')) return 'from_oauth'
  if (strategy.endsWith('_code') && strategy !== 'backup_code') return 'otp'
  return strategy
}
