// The second factors there are.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import type { User } from '../../state/people/users.ts'
import type { Factor, FactorStrategy } from './factor.ts'
import { backupCodeStrategy } from './strategies/backup-code.ts'
import { secondPhoneCodeStrategy } from './strategies/codes.ts'
import { totpStrategy } from './strategies/totp.ts'

/** By name, in the order in which they are offered. */
const secondFactors: Readonly<Record<string, FactorStrategy>> = {
  totp: totpStrategy,
  phone_code: secondPhoneCodeStrategy,
  backup_code: backupCodeStrategy,
}

/** The strategy of a name. Refuses an unknown one. */
export function requireSecondFactor(strategy: string): FactorStrategy {
  const found = Object.hasOwn(secondFactors, strategy) ? secondFactors[strategy] : undefined
  if (found !== undefined) return found
  throw new ClerkRefusal('form_param_value_invalid', {
    param: 'strategy',
    value: strategy,
    allowed: Object.keys(secondFactors),
  })
}

/** Every second factor that is open to a user; none where all she has are backup codes, which only stand in for another. */
export function secondFactorsOf(user: User, settings: AuthenticationSettings): readonly Factor[] {
  const factors = Object.values(secondFactors).flatMap((strategy) => strategy.offers(user, settings))
  return factors.some(({ strategy }) => strategy !== 'backup_code') ? factors : []
}
