// Tokens, templates and tickets.

import type { Renderings } from '../rendering.ts'

export interface TokenRefusals {
  jwt_template_reserved_claim: { readonly claim: string }
  sign_in_token_cannot_be_revoked_code: { readonly status: string }
}

export const tokenRenderings: Renderings<TokenRefusals> = {
  jwt_template_reserved_claim: ({ claim }) => ({
    status: 400,
    message: 'reserved claim used',
    longMessage: `You can't use the reserved claim: '${claim}'`,
    meta: { param_name: 'claims' },
  }),
  sign_in_token_cannot_be_revoked_code: ({ status }) => ({
    status: 400,
    message: 'cannot revoke',
    longMessage: `Sign in token cannot be revoked because its status is ${status}. Only pending tokens can be revoked.`,
  }),
}
