// What is said to whoever starts the provider, and never on the wire.

import type { Renderings } from '../rendering.ts'

export interface StartRefusals {
  /** A seed that cannot be applied: where in it, and what should stand there. */
  seed_invalid: { readonly where: string; readonly expected: string }
  /** Start-up only: the instance would be reachable by strangers. */
  exposure_not_allowed: { readonly reason: string }
  /** Start-up only: an option that cannot be. */
  option_invalid: { readonly option: string; readonly expected: string }
}

export const startRenderings: Renderings<StartRefusals> = {
  seed_invalid: ({ where, expected }) => ({ status: 422, message: 'is invalid', longMessage: `${where}: ${expected}` }),
  exposure_not_allowed: ({ reason }) => ({ status: 403, message: 'not allowed', longMessage: reason }),
  option_invalid: ({ option, expected }) => ({
    status: 422,
    message: 'is invalid',
    longMessage: `${option}: expected ${expected}`,
  }),
}
