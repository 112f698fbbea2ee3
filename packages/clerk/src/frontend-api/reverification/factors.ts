// Which of a person's factors a session can be verified with again: those of the sign-in that an open session can
// show where it stands. Links, providers and new passwords lead elsewhere.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import type { User } from '../../state/people/users.ts'
import type { Factor, FactorStrategy } from '../sign-in/factor.ts'
import { firstFactorsOf, requireFirstFactor } from '../sign-in/first-factors.ts'
import { requireSecondFactor, secondFactorsOf } from '../sign-in/second-factors.ts'

const firstStrategies = ['password', 'email_code', 'phone_code', 'passkey']

/** The factors of a person, by step. */
export function sessionFactorsOf(
  user: User,
  settings: AuthenticationSettings,
): { readonly first: readonly Factor[]; readonly second: readonly Factor[] } {
  const own = amongOneself(settings)
  const first = firstFactorsOf(user, own).filter(({ strategy }) => firstStrategies.includes(strategy))
  return { first, second: secondFactorsOf(user, own) }
}

/** The settings as they are towards somebody whose session is open: there is nothing to keep from her. */
export function amongOneself(settings: AuthenticationSettings): AuthenticationSettings {
  return { ...settings, enumerationProtection: false }
}

/** The strategy of a name at a step. Refuses one that has no place there. */
export function requireSessionStrategy(step: 'first' | 'second', name: string): FactorStrategy {
  if (step === 'second') return requireSecondFactor(name)
  if (firstStrategies.includes(name)) return requireFirstFactor(name)
  throw new ClerkRefusal('form_param_value_invalid', { param: 'strategy', value: name, allowed: firstStrategies })
}
