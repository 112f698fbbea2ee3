// Tokens and templates.

import type { Renderings } from '../rendering.ts'

export interface TokenRefusals {
  jwt_template_reserved_claim: { readonly claim: string }
}

export const tokenRenderings: Renderings<TokenRefusals> = {
  jwt_template_reserved_claim: ({ claim }) => ({
    status: 400,
    message: 'reserved claim used',
    longMessage: `You can't use the reserved claim: '${claim}'`,
    meta: { param_name: 'claims' },
  }),
}
