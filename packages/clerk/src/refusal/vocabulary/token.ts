// Tokens and templates.

import type { Nothing, Renderings } from '../rendering.ts'

export interface TokenRefusals {
  session_refresh_refused: { readonly what: string }
  jwt_template_reserved_claim: { readonly claim: string }
  /** Our own: Clerk has no endpoint that retires a key. */
  signing_key_current: { readonly kid: string }
  /** Our own: Clerk forges nothing. */
  forging_not_allowed: Nothing
}

export const tokenRenderings: Renderings<TokenRefusals> = {
  session_refresh_refused: ({ what }) => ({
    status: 401,
    message: 'Session cannot be refreshed',
    longMessage: `The session cannot be refreshed: check the ${what}.`,
  }),
  jwt_template_reserved_claim: ({ claim }) => ({
    status: 400,
    message: 'reserved claim used',
    longMessage: `You can't use the reserved claim: '${claim}'`,
    meta: { param_name: 'claims' },
  }),
  signing_key_current: ({ kid }) => ({
    status: 409,
    message: 'is current',
    longMessage: `Tokens are signed with ${kid}. Rotate the signing key before you retire it.`,
  }),
  forging_not_allowed: () => ({
    status: 403,
    message: 'not allowed',
    longMessage: 'Only development instances forge tokens; this is a production instance.',
  }),
}
