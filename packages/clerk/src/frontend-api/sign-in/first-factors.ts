// The first factors there are. A strategy of a family (`oauth_google`, `oauth_github`) is found by its prefix.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import type { User } from '../../state/people/users.ts'
import type { Factor, FactorStrategy } from './factor.ts'
import { emailCodeStrategy, phoneCodeStrategy, resetByEmailStrategy, resetByPhoneStrategy } from './strategies/codes.ts'
import { emailLinkStrategy } from './strategies/email-link.ts'
import { oauthPrefix, oauthStrategy } from './strategies/oauth.ts'
import { passkeyStrategy } from './strategies/passkey.ts'
import { passwordStrategy } from './strategies/password.ts'
import { ticketStrategy } from './strategies/ticket.ts'

/** By name, in the order in which they are offered. */
const firstFactors: Readonly<Record<string, FactorStrategy>> = {
  password: passwordStrategy,
  email_code: emailCodeStrategy,
  email_link: emailLinkStrategy,
  phone_code: phoneCodeStrategy,
  passkey: passkeyStrategy,
  reset_password_email_code: resetByEmailStrategy,
  reset_password_phone_code: resetByPhoneStrategy,
  ticket: ticketStrategy,
}

/** The strategy of a name. Refuses an unknown one. */
export function requireFirstFactor(strategy: string): FactorStrategy {
  if (strategy.startsWith(oauthPrefix)) return oauthStrategy
  const found = Object.hasOwn(firstFactors, strategy) ? firstFactors[strategy] : undefined
  if (found !== undefined) return found
  throw new ClerkRefusal('form_param_value_invalid', {
    param: 'strategy',
    value: strategy,
    allowed: Object.keys(firstFactors),
  })
}

/** Every first factor that is open to a user. */
export function firstFactorsOf(user: User, settings: AuthenticationSettings): readonly Factor[] {
  return [...Object.values(firstFactors), oauthStrategy].flatMap((strategy) => strategy.offers(user, settings))
}

/** Strategies that lead to a new password. */
export function leadsToNewPassword(strategy: string): boolean {
  return strategy.startsWith('reset_password_')
}
