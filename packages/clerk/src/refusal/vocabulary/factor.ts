// Second factors.

import { type Nothing, type Renderings } from '../rendering.ts'

export interface FactorRefusals {
  totp_not_configured: Nothing
  totp_code_incorrect: Nothing
}

export const factorRenderings: Renderings<FactorRefusals> = {
  totp_not_configured: () => ({
    status: 400,
    message: 'totp not configured',
    longMessage: 'This user has neither an authenticator app nor backup codes.',
  }),
  totp_code_incorrect: () => ({
    status: 422,
    code: 'form_code_incorrect',
    message: 'is incorrect',
    longMessage: 'Incorrect code',
    meta: { param_name: 'code' },
  }),
}
