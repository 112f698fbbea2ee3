// Which settings go together: whoever signs up must be able to come back.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { AuthenticationSettings } from '../../state/instance/authentication-settings.ts'

/** Refuses settings that nobody could sign in with, or that ask for what is turned off. */
export function requireConsistent(settings: AuthenticationSettings, configuredProviders: number): void {
  const { emailAddress, phoneNumber } = settings
  if (!hasWayIn(settings) && configuredProviders === 0) {
    contradiction('password', 'Nobody could sign in: keep a password, a code, a link, a passkey or a provider.')
  }
  if (emailAddress.asked !== 'off' && emailAddress.verifyAtSignUp && emailAddress.strategies.length === 0) {
    contradiction('email_address', 'An e-mail address that is verified at sign-up needs a code or a link.')
  }
  const second = settings.authenticatorApp || (phoneNumber.asked !== 'off' && phoneNumber.secondFactor)
  if (settings.secondFactorRequired && !second) {
    contradiction('second_factor_required', 'A second factor can only be required where there is one to set up.')
  }
}

function hasWayIn(settings: AuthenticationSettings): boolean {
  const { emailAddress, phoneNumber, username } = settings
  const [email, phone, name] = [emailAddress, phoneNumber, username].map(
    ({ asked, signIn }) => asked !== 'off' && signIn,
  )
  if (settings.social.length > 0) return true
  if (phone === true) return true
  if (email === true && emailAddress.strategies.length > 0) return true
  return (settings.password !== 'off' || settings.passkey) && (email === true || name === true)
}

function contradiction(param: string, reason: string): never {
  throw new ClerkRefusal('user_settings_contradictory', { param, reason })
}
