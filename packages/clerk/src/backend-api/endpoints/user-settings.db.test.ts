import { afterEach, beforeEach, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { type RunningClerk, startClerk } from '../../start-clerk.ts'

const secretKey = 'sk_test_of_user_settings'
const instance = { name: 'default', domain: 'asked.local.clerk.accounts.dev', secretKey }

let database: TestDatabase
let clerk: RunningClerk

const start = async (more: object = {}): Promise<RunningClerk> =>
  await startClerk({ databaseUrl: database.url('tenon_clerk'), port: 0, instances: [{ ...instance, ...more }] })

beforeEach(async () => {
  database = await createTestDatabase()
  clerk = await start({ authentication: { lastName: 'off' } })
})
afterEach(async () => {
  await clerk.stop()
  await database.drop()
})

type Answer = Readonly<Record<string, unknown>>

async function ask(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  const answer = await fetch(`${clerk.instance().backendApiUrl}/v1${path}`, init)
  return (await answer.json()) as Answer
}

const settings = async (body: object): Promise<Answer> => await ask('PATCH', '/instance/user_settings', body)

test('the settings are told in the words of the configuration, with the providers there are', async () => {
  expect(await ask('GET', '/instance/user_settings')).toMatchObject({
    object: 'user_settings',
    email_address: { asked: 'required', sign_in: true, strategies: ['email_code'], verify_at_sign_up: true },
    last_name: 'off',
    sign_up_mode: 'public',
    social: ['google', 'github'],
    social_providers: expect.arrayContaining([
      { key: 'google', name: 'Google', enabled: true, configured: false },
      { key: 'apple', name: 'Apple', enabled: false, configured: false },
    ]),
    changed: [],
  })
})

test('a change holds at once and leaves alone what was not sent', async () => {
  const changed = await settings({
    email_address: { strategies: ['email_link'] },
    username: { asked: 'optional', sign_in: true },
    passkey: true,
    social: ['github'],
    lockout: { attempts: 5 },
  })
  expect(changed).toMatchObject({
    email_address: { asked: 'required', strategies: ['email_link'] },
    lockout: { attempts: 5, minutes: 60 },
    social: ['github'],
  })
  expect(changed['changed']).toEqual(['email_address', 'username', 'passkey', 'social', 'lockout'])
  const environment = await fetch(`${clerk.instance().frontendApiUrl}/v1/environment`)
  const { user_settings: seen } = (await environment.json()) as { user_settings: { attributes: Answer } }
  expect(seen.attributes).toMatchObject({
    passkey: { enabled: true },
    username: { enabled: true },
    email_address: { first_factors: ['email_link'] },
  })
})

test('what was not changed goes on following the configuration', async () => {
  await settings({ passkey: true, last_name: 'required' })
  await settings({ last_name: 'off' })
  await clerk.stop()
  clerk = await start({ authentication: { lastName: 'optional' } })
  expect(await ask('GET', '/instance/user_settings')).toMatchObject({ last_name: 'optional', changed: ['passkey'] })
})

test('restrictions can be read, too', async () => {
  const changed = await ask('PATCH', '/instance/restrictions', { blocklist: true })
  expect(await ask('GET', '/instance/restrictions')).toEqual(changed)
  expect(changed).toMatchObject({ object: 'instance_restrictions', allowlist: false, blocklist: true })
})

test.each<[what: string, body: object, code: string]>([
  ['an unknown setting', { colour: 'red' }, 'form_param_unknown'],
  ['an unknown setting of an identifier', { username: { colour: 'red' } }, 'form_param_unknown'],
  ['a choice that is none', { sign_up_mode: 'secret' }, 'form_param_value_invalid'],
  ['a provider nobody knows', { social: ['myspace'] }, 'form_param_value_invalid'],
  ['a password that may be too short', { password_min_length: 3 }, 'form_param_value_invalid'],
  [
    'an instance nobody can sign in to',
    { password: 'off', social: [], email_address: { strategies: [], verify_at_sign_up: false } },
    'user_settings_contradictory',
  ],
  ['a verification without a way', { email_address: { strategies: [] } }, 'user_settings_contradictory'],
  [
    'a second factor that nobody can set up',
    { authenticator_app: false, second_factor_required: true },
    'user_settings_contradictory',
  ],
])('%s is refused, and nothing changes', async (_what, body, code) => {
  expect(await settings(body)).toMatchObject({ errors: [{ code }] })
  expect(await ask('GET', '/instance/user_settings')).toMatchObject({ changed: [] })
})
