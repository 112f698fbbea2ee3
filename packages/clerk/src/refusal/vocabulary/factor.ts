// Second factors.

import { type Nothing, type Renderings } from '../rendering.ts'

export interface FactorRefusals {
  totp_not_configured: Nothing
  totp_code_incorrect: Nothing
  totp_already_enabled: Nothing
  totp_not_pending: Nothing
  backup_codes_not_available: Nothing
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
  totp_already_enabled: () => ({
    status: 400,
    message: 'TOTP already enabled',
    longMessage: 'An authenticator app is turned on for this account already. Remove it to set up another.',
  }),
  totp_not_pending: () => ({
    status: 400,
    code: 'verification_missing',
    message: 'is missing',
    longMessage: 'No authenticator app waits to be verified. Create one before you show its code.',
  }),
  backup_codes_not_available: () => ({
    status: 400,
    code: 'backup_codes_not_available_code',
    message: 'Backup codes not available',
    longMessage: 'Backup codes stand in for another second factor, so turn one on before.',
  }),
}
