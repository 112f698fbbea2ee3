// What an instance asks of people who sign up, and how much of it a sign-up has. Pure: from settings and state alone.

import type { Asked, AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import { strategyOf } from '../../federation/strategy-of.ts'
import type { SignUp } from '../../state/sessions/sign-ups.ts'
import type { Verification } from '../../state/sessions/verifications.ts'

/** A sign-up with the verifications it refers to. */
export interface SignUpState {
  readonly signUp: SignUp
  readonly email: Verification | null
  readonly phone: Verification | null
  readonly external: Verification | null
}

/** Names of fields, as Clerk has them on the wire. */
export interface Requirements {
  readonly required: readonly string[]
  readonly optional: readonly string[]
  readonly missing: readonly string[]
  readonly unverified: readonly string[]
}

/** The fields of a sign-up: it is complete when none is missing and none is unverified. */
export function requirementsOf(state: SignUpState, settings: AuthenticationSettings): Requirements {
  const fields = fieldsOf(settings)
  const named = (asked: Asked): readonly string[] =>
    fields.filter((field) => field.asked === asked).map(({ name }) => name)
  return {
    required: named('required'),
    optional: [...named('optional'), ...settings.social.map(strategyOf)],
    missing: [
      ...fields.filter((field) => field.asked === 'required' && !has(state, field.name)).map(({ name }) => name),
      ...missingIdentifier(state, settings),
    ],
    unverified: unverifiedOf(state, settings),
  }
}

/** True when nothing is left to do. */
export function isReady({ missing, unverified }: Requirements): boolean {
  return missing.length === 0 && unverified.length === 0
}

function fieldsOf(settings: AuthenticationSettings): readonly { readonly name: string; readonly asked: Asked }[] {
  return [
    { name: 'email_address', asked: settings.emailAddress.asked },
    { name: 'phone_number', asked: settings.phoneNumber.asked },
    { name: 'username', asked: settings.username.asked },
    { name: 'first_name', asked: settings.firstName },
    { name: 'last_name', asked: settings.lastName },
    { name: 'password', asked: settings.password },
  ]
}

function has({ signUp, external }: SignUpState, field: string): boolean {
  switch (field) {
    case 'email_address':
      return signUp.emailAddress !== null
    case 'phone_number':
      return signUp.phoneNumber !== null
    case 'username':
      return signUp.username !== null
    case 'first_name':
      return signUp.firstName !== null
    case 'last_name':
      return signUp.lastName !== null
    case 'password':
      // An account at another provider stands in for it.
      return signUp.passwordDigest !== null || isProven(external)
    default:
      return false
  }
}

/** Where no identifier is required, one of them still is. */
function missingIdentifier(state: SignUpState, settings: AuthenticationSettings): readonly string[] {
  const identifiers = (['email_address', 'phone_number', 'username'] as const).filter(
    (name) => fieldsOf(settings).find((field) => field.name === name)?.asked !== 'off',
  )
  const asked = fieldsOf(settings).filter(({ name }) => identifiers.some((identifier) => identifier === name))
  if (asked.some((field) => field.asked === 'required') || identifiers.some((name) => has(state, name))) return []
  if (isProven(state.external)) return []
  const both = identifiers.includes('email_address') && identifiers.includes('phone_number')
  return both ? ['email_address_or_phone_number'] : identifiers.slice(0, 1)
}

function unverifiedOf({ signUp, email, phone }: SignUpState, settings: AuthenticationSettings): readonly string[] {
  const { emailAddress, phoneNumber } = settings
  return [
    ...(signUp.emailAddress !== null && emailAddress.verifyAtSignUp && !isProven(email) ? ['email_address'] : []),
    ...(signUp.phoneNumber !== null && phoneNumber.verifyAtSignUp && !isProven(phone) ? ['phone_number'] : []),
  ]
}

/** Whether a verification has proven what it is about. */
export function isProven(verification: Verification | null): boolean {
  return verification?.status === 'verified'
}
