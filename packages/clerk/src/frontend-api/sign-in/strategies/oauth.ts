// Signing in with another provider: the browser goes there, and what it brings back is answered at /v1/oauth_callback.

import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { startProviderVerification } from '../../callback/start-verification.ts'
import type { FactorStrategy } from '../factor.ts'

/** What the names of these strategies begin with. */
export const oauthPrefix = 'oauth_'

/** Open to those who have connected such an account; at the beginning of a sign-in, to anybody. */
export const oauthStrategy: FactorStrategy = {
  identifies: true,
  offers: ({ externalAccounts }) => {
    const proven = externalAccounts.filter(({ verificationStatus }) => verificationStatus === 'verified')
    return [...new Set(proven.map(({ strategy }) => strategy))].map((strategy) => ({ strategy }))
  },
  prepare: async (request) => await startProviderVerification(request, 'sign_in'),
  attempt: async () => {
    throw new ClerkRefusal('strategy_for_user_invalid', {})
  },
}
