// Whether a strategy is one of a person's.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import type { FactorStrategy, Person } from './factor.ts'

/** Refuses a strategy that is not open to the person. Where the instance does not tell about accounts, passwords are let through to be wrong. */
export function requireOffered(
  name: string,
  { offers }: FactorStrategy,
  { user }: Person,
  settings: AuthenticationSettings,
): void {
  if (offers(user, settings).length > 0) return
  if (name === 'password' && settings.password !== 'off' && settings.enumerationProtection) return
  throw new ClerkRefusal('strategy_for_user_invalid', {})
}
