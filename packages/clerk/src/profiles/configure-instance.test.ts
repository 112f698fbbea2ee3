import { expect, test } from 'vitest'

import { defaultAuthentication } from '../state/instance/authentication-settings.ts'
import { settingsInForce } from '../state/instance/instance-settings.ts'
import { parseSeed } from '../state/seed/parse-seed.ts'
import { configureInstance } from './configure-instance.ts'
import { profileNames } from './require-profile.ts'

const own = { name: 'shop', domain: 'shop.local.clerk.accounts.dev', secretKey: 'sk_test_of_the_shop' }
const inForce = (more: Partial<Parameters<typeof configureInstance>[0]>) =>
  settingsInForce(configureInstance({ ...own, ...more }), {})

test('an instance without a profile has the defaults', () => {
  expect(configureInstance(own)).toEqual(own)
  expect(inForce({}).authentication).toEqual(defaultAuthentication)
})

test.each(profileNames)('the profile %s gives an instance settings or people of its own', (profile) => {
  expect(configureInstance({ ...own, profile })).not.toEqual(own)
  expect(configureInstance({ ...own, profile })).toMatchObject(own)
})

test('settings are laid over the profile’s, field by field', () => {
  const { authentication, organizations, tokenVersion } = inForce({
    profile: 'phone-codes',
    settings: {
      token_version: 'v1',
      authentication: {
        phone_number: { second_factor: true },
        first_name: 'required',
        lockout: { attempts: 3 },
      },
      organizations: { force_selection: true },
    },
  })
  expect(authentication.phoneNumber).toEqual({
    asked: 'required',
    signIn: true,
    verifyAtSignUp: true,
    secondFactor: true,
  })
  expect(authentication).toMatchObject({
    password: 'off',
    firstName: 'required',
    lockout: { attempts: 3, minutes: defaultAuthentication.lockout.minutes },
  })
  expect(organizations).toMatchObject({ enabled: true, forceSelection: true })
  expect(tokenVersion).toBe('v1')
})

test('an instance is connected as its operator says, unless its settings say otherwise', () => {
  expect(inForce({ connectedToSupabase: true }).legacyOrganizationClaims).toBe(true)
  const settings = { connected_to_supabase: false }
  expect(inForce({ connectedToSupabase: true, settings }).connectedToSupabase).toBe(false)
})

test('an instance’s seed comes after its profile’s', () => {
  const seed = parseSeed({ users: [{ username: 'ada' }] })
  const configured = configureInstance({ ...own, profile: 'custom-roles', seed })
  expect(configured.seed?.roles.map(({ key }) => key)).toEqual(['org:billing_manager', 'org:viewer'])
  expect(configured.seed?.users).toHaveLength(1)
})

test.each<[what: string, more: Parameters<typeof inForce>[0], message: RegExp]>([
  ['an unknown profile', { profile: 'magic' }, /instances\.shop\.profile: .*email-codes/],
  ['an unknown setting', { settings: { colour: 'red' } }, /instances\.shop\.colour: .*token_version/],
  ['an unknown field', { settings: { authentication: { pass: 'off' } } }, /instances\.shop\.authentication\.pass/],
  [
    'a text that is none of the choices',
    { settings: { authentication: { email_address: { asked: 'maybe' } } } },
    /authentication\.email_address\.asked: .*off, optional, required/,
  ],
  [
    'an unknown strategy',
    { settings: { authentication: { email_address: { strategies: ['pigeon'] } } } },
    /strategies: .*email_code, email_link/,
  ],
  ['a text for a number', { settings: { authentication: { password_min_length: '8' } } }, /password_min_length/],
  ['a number that is not whole', { settings: { authentication: { password_min_length: 8.5 } } }, /whole number/],
  ['a field of every object', { settings: { authentication: { constructor: 'x' } } }, /authentication\.constructor/],
  ['claims that are no table', { settings: { session_claims: 'role' } }, /session_claims: .*a table/],
])('%s is refused, and where it stands is said', (_what, more, message) => {
  expect(() => inForce(more)).toThrow(message)
})
