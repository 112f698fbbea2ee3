// Signing in with others: what a provider answers, and whose the accounts are that people bring. Most of these travel
// as the `error` of a verification, because the browser is at the provider when they happen.

import type { Nothing, Rendering, Renderings } from '../rendering.ts'

export interface FederationRefusals {
  oauth_state_unknown: Nothing
  oauth_access_denied: { readonly provider: string }
  oauth_token_exchange_error: { readonly provider: string; readonly reason: string }
  oauth_fetch_user_error: { readonly provider: string; readonly reason: string }
  oauth_identification_claimed: Nothing
  external_account_not_found: Nothing
  external_account_exists: Nothing
  external_account_missing_refresh_token: Nothing
  external_account_email_address_verification_required: Nothing
}

export const federationRenderings: Renderings<FederationRefusals> = {
  oauth_state_unknown: () => ({
    status: 400,
    code: 'authorization_invalid',
    message: 'Invalid authorization',
    longMessage: 'This way back from a provider was used before, is older than ten minutes, or was never begun here.',
  }),
  oauth_access_denied: ({ provider }) => bad('Access denied', `You did not grant access to your ${provider} account.`),
  oauth_token_exchange_error: ({ provider, reason }) =>
    bad('Token exchange failed', `${provider} did not give a token that can be trusted: ${reason}.`),
  oauth_fetch_user_error: ({ provider, reason }) =>
    bad('Reading the user failed', `${provider} did not say who you are: ${reason}.`),
  oauth_identification_claimed: () =>
    bad('Already claimed', 'Another user of this application has connected this account.'),
  external_account_not_found: () => ({
    status: 422,
    message: 'The External Account was not found.',
    longMessage: 'Nobody here has connected this account.',
  }),
  external_account_exists: () =>
    bad('The External Account already exists.', 'Somebody here has connected this account.'),
  external_account_missing_refresh_token: () =>
    bad(
      'Missing refresh token',
      'The access token has run out and the provider gave none to renew it. Connect the account again.',
    ),
  external_account_email_address_verification_required: () =>
    bad('Verification required', 'Somebody here has this address. Prove first that it is yours.'),
}

function bad(message: string, longMessage: string): Rendering {
  return { status: 400, message, longMessage }
}
