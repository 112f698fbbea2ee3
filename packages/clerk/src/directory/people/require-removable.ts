// What has to stay of an account: something to sign in with, and what the instance asks of everybody.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import type { User } from '../../state/people/users.ts'

/** Refuses to take away a person's last identifier, and the last verified one of a kind that is required. */
export function requireRemovable(user: User, settings: AuthenticationSettings, id: string): void {
  const kinds = [
    { identifier: 'email address', asked: settings.emailAddress.asked, owned: user.emailAddresses },
    { identifier: 'phone number', asked: settings.phoneNumber.asked, owned: user.phoneNumbers },
  ]
  for (const { identifier, asked, owned } of kinds) {
    const removed = owned.find((candidate) => candidate.id === id)
    if (removed?.verificationStatus !== 'verified') continue
    const others = owned.filter(
      ({ id: other, verificationStatus }) => other !== id && verificationStatus === 'verified',
    )
    if (asked === 'required' && others.length === 0) {
      throw new ClerkRefusal('last_required_identification_deletion_failed', { identifier })
    }
  }
  if (identifiersWithout(user, id) === 0) throw new ClerkRefusal('identification_deletion_failed', {})
}

/** How many identifiers are left without one: verified ones that are no second factor, proven accounts with others, and the username. */
export function identifiersWithout(user: User, id: string): number {
  const addresses = user.emailAddresses.filter((owned) => owned.id !== id && owned.verificationStatus === 'verified')
  const numbers = user.phoneNumbers.filter(
    (owned) => owned.id !== id && owned.verificationStatus === 'verified' && !owned.reservedForSecondFactor,
  )
  const accounts = user.externalAccounts.filter((owned) => owned.id !== id && owned.verificationStatus === 'verified')
  return addresses.length + numbers.length + accounts.length + (user.username === null ? 0 : 1)
}
