// Who somebody says she is: an address, a number or a username that the instance lets people sign in with.

import { requireEmailForm, requirePhoneForm } from '../../parameters/identifiers.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import { findUserByIdentifier, type IdentifierKind } from '../../state/people/find-by-identifier.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'
import type { SignIn } from '../../state/sessions/sign-ins.ts'
import type { Person } from './factor.ts'
import { phantomOf } from './phantom.ts'

/** An identifier in its stored form, with the kind that its form says it is of. */
export interface Identifier {
  readonly kind: IdentifierKind
  readonly value: string
}

/** The kinds of identifier that people sign in with. */
export function identifierKinds(settings: AuthenticationSettings): readonly IdentifierKind[] {
  const { emailAddress, phoneNumber, username } = settings
  return [
    ...(emailAddress.asked !== 'off' && emailAddress.signIn ? (['email_address'] as const) : []),
    ...(phoneNumber.asked !== 'off' && phoneNumber.signIn ? (['phone_number'] as const) : []),
    ...(username.asked !== 'off' && username.signIn ? (['username'] as const) : []),
  ]
}

/** Reads an identifier. Refuses what has the form of none that the instance knows. */
export function requireIdentifier(settings: AuthenticationSettings, text: string): Identifier {
  const kinds = identifierKinds(settings)
  const trimmed = text.trim()
  if (kinds.includes('email_address') && trimmed.includes('@')) {
    return { kind: 'email_address', value: requireEmailForm(trimmed, 'identifier') }
  }
  if (kinds.includes('phone_number') && trimmed.startsWith('+')) {
    return { kind: 'phone_number', value: requirePhoneForm(trimmed, 'identifier') }
  }
  if (kinds.includes('username')) return { kind: 'username', value: trimmed }
  const expected = kinds.map((kind) => kind.replace('_', ' ')).join(' or ')
  throw new ClerkRefusal('form_param_format_invalid', { param: 'identifier', expected: `a valid ${expected}` })
}

/** Whose the identifier is. Refuses one that is nobody's, or makes somebody up where the instance does not tell. */
export async function requireIdentified(
  store: Store,
  settings: AuthenticationSettings,
  identifier: Identifier,
): Promise<Person> {
  const user = await findUserByIdentifier(store, identifier.kind, identifier.value)
  if (user !== null) return { user, isPhantom: false }
  if (settings.enumerationProtection) return { user: phantomOf(store, identifier, settings), isPhantom: true }
  throw new ClerkRefusal('form_identifier_not_found', {})
}

/** Whom a sign-in is of, or null before she said so. */
export async function personOf(
  store: Store,
  settings: AuthenticationSettings,
  { userId, identifier }: SignIn,
): Promise<Person | null> {
  if (userId !== null) return { user: await requireUser(store, userId), isPhantom: false }
  if (identifier === null) return null
  return { user: phantomOf(store, requireIdentifier(settings, identifier), settings), isPhantom: true }
}
