import { expect, test } from 'vitest'

import { type AuthenticationSettings, defaultAuthentication } from '../../state/instance/authentication-settings.ts'
import type { SignUp } from '../../state/sessions/sign-ups.ts'
import type { Verification } from '../../state/sessions/verifications.ts'
import { isReady, requirementsOf, type SignUpState } from './requirements.ts'

const bare: SignUp = {
  id: 'sua_1',
  clientId: 'client_1',
  emailAddress: null,
  phoneNumber: null,
  username: null,
  firstName: null,
  lastName: null,
  passwordDigest: null,
  passwordHasher: null,
  unsafeMetadata: {},
  locale: null,
  timezone: null,
  legalAcceptedAt: null,
  ticket: null,
  emailVerificationId: null,
  phoneVerificationId: null,
  externalVerificationId: null,
  createdUserId: null,
  createdSessionId: null,
  abandonAt: 0,
  createdAt: 0,
  updatedAt: 0,
}

const verified: Verification = {
  id: 'ver_1',
  strategy: 'email_code',
  status: 'verified',
  clientId: null,
  recipient: null,
  attempts: 1,
  detail: {},
  error: null,
  expireAt: 0,
  createdAt: 0,
}

const state = (signUp: Partial<SignUp>, more: Partial<SignUpState> = {}): SignUpState => ({
  signUp: { ...bare, ...signUp },
  email: null,
  phone: null,
  external: null,
  ...more,
})

const email = { emailAddress: 'ada@example.com' }
const both: AuthenticationSettings = {
  ...defaultAuthentication,
  emailAddress: { ...defaultAuthentication.emailAddress, asked: 'optional' },
  phoneNumber: { asked: 'optional', signIn: true, verifyAtSignUp: true, secondFactor: false },
  password: 'off',
}

test('by default an address and a password are required, and the address is to be proven', () => {
  const begun = requirementsOf(state(email), defaultAuthentication)
  expect(begun.required).toEqual(['email_address', 'password'])
  expect(begun.optional).toEqual(['first_name', 'last_name', 'oauth_google', 'oauth_github'])
  expect([begun.missing, begun.unverified]).toEqual([['password'], ['email_address']])
  const done = state({ ...email, passwordDigest: 'x' }, { email: verified })
  expect(isReady(requirementsOf(done, defaultAuthentication))).toBe(true)
})

test.each(['unverified', 'expired', 'failed', 'transferable'] as const)('one that is %s proves nothing', (status) => {
  const signUp = state(email, { email: { ...verified, status } })
  expect(requirementsOf(signUp, defaultAuthentication).unverified).toEqual(['email_address'])
})

test('an account at another provider stands in for the password', () => {
  const signUp = state(email, { email: verified, external: { ...verified, strategy: 'oauth_google' } })
  expect(isReady(requirementsOf(signUp, defaultAuthentication))).toBe(true)
})

test('of an address and a number that are both optional one is needed', () => {
  expect(requirementsOf(state({}), both).missing).toEqual(['email_address_or_phone_number'])
  expect(requirementsOf(state({ phoneNumber: '+12015550123' }), both)).toMatchObject({
    missing: [],
    unverified: ['phone_number'],
  })
})

test('what need not be proven does not hold anybody up', () => {
  const settings = {
    ...defaultAuthentication,
    emailAddress: { ...defaultAuthentication.emailAddress, verifyAtSignUp: false },
  }
  expect(isReady(requirementsOf(state({ ...email, passwordDigest: 'x' }), settings))).toBe(true)
})
