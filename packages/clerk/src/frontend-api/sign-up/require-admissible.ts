// Whether somebody may sign up with what she says of herself.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { requireAllowedIdentifier } from '../../proof/restrictions/require-allowed-identifier.ts'
import { findUserByIdentifier } from '../../state/people/find-by-identifier.ts'
import type { ChangeableSettings } from '../../state/instance/instance-settings.ts'
import type { SignUpColumns } from '../../state/sessions/sign-ups.ts'
import type { Store } from '../../state/database/store.ts'

/** Refuses somebody without an invitation where the instance takes nobody else. */
export function requireOpenSignUp({ authentication }: ChangeableSettings): void {
  if (authentication.signUpMode === 'restricted') throw new ClerkRefusal('sign_up_mode_restricted', {})
  if (authentication.signUpMode === 'waitlist') throw new ClerkRefusal('sign_up_restricted_waitlist', {})
}

/**
 * Refuses identifiers that somebody has, and those that the instance's restrictions keep out (an invitation goes
 * before these). Where the instance does not tell about accounts, a taken address or number is refused once it was
 * proven, when the user is created.
 */
export async function requireAdmissible(
  store: Store,
  settings: ChangeableSettings,
  columns: SignUpColumns,
  invited: boolean,
): Promise<void> {
  const { authentication, restrictions } = settings
  const { email_address: email, phone_number: phone, username } = columns
  if (typeof email === 'string') {
    if (!invited) await requireAllowedIdentifier(store, restrictions, { type: 'email_address', value: email })
    const told = !authentication.enumerationProtection || !authentication.emailAddress.verifyAtSignUp
    if (told) await requireFree(store, 'email_address', email)
  }
  if (typeof phone === 'string') {
    if (!invited) await requireAllowedIdentifier(store, restrictions, { type: 'phone_number', value: phone })
    const told = !authentication.enumerationProtection || !authentication.phoneNumber.verifyAtSignUp
    if (told) await requireFree(store, 'phone_number', phone)
  }
  if (typeof username === 'string') await requireFree(store, 'username', username)
}

async function requireFree(
  store: Store,
  kind: 'email_address' | 'phone_number' | 'username',
  value: string,
): Promise<void> {
  if ((await findUserByIdentifier(store, kind, value)) === null) return
  throw new ClerkRefusal('form_identifier_exists', { param: kind, identifier: kind.replace('_', ' ') })
}
