import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { createUser } from '../../directory/people/create-user.ts'
import { type ClerkDatabase, openDatabase } from '../../state/database/database.ts'
import { type Instance, openInstance } from '../../state/instance/instance.ts'
import { insertListedIdentifier } from '../../state/people/listed-identifiers.ts'
import { migrate } from '../../state/migrations/migrate.ts'
import { type OfferedIdentifier, requireAllowedIdentifier } from './require-allowed-identifier.ts'

let database: TestDatabase
let connection: ClerkDatabase
let instance: Instance

beforeAll(async () => {
  database = await createTestDatabase()
  connection = openDatabase(database.url('tenon_clerk'), () => undefined)
  await migrate(connection)
  const configured = { name: 'default', domain: 'lists.local.clerk.accounts.dev', secretKey: 'sk_test_of_the_lists' }
  instance = await openInstance(connection, configured, { now: Date.now, frontendApiUrl: () => '' })
})
beforeEach(async () => {
  await instance.reset()
})
afterAll(async () => {
  await connection.close()
  await database.drop()
})

const open = {
  allowlist: false,
  blocklist: false,
  blockEmailSubaddresses: false,
  blockDisposableEmailDomains: false,
  ignoreDotsForGmailAddresses: false,
  allowlistBlocklistDisabledOnSignIn: false,
}

const list = (name: 'allowlist' | 'blocklist', identifier: string) =>
  insertListedIdentifier(instance.store, name, { identifier, identifierType: 'email_address', invitationId: null })

async function verdict(restrictions: Partial<typeof open>, offered: OfferedIdentifier | string): Promise<string> {
  const identifier = typeof offered === 'string' ? ({ type: 'email_address', value: offered } as const) : offered
  return requireAllowedIdentifier(instance.store, { ...open, ...restrictions }, identifier).then(
    () => 'allowed',
    (error: unknown) => (error as { code: string }).code,
  )
}

test('lists say nothing while they are off', async () => {
  await list('blocklist', 'ada@example.com')
  expect(await verdict({}, 'ada@example.com')).toBe('allowed')
})

test('the allow list lets in who is on it, by address or by domain, and nobody when it is empty', async () => {
  const allowlist = { allowlist: true }
  expect(await verdict(allowlist, 'ada@example.com')).toBe('not_allowed_access')
  await list('allowlist', 'ada@example.com')
  await list('allowlist', '*@example.org')
  await list('allowlist', '+15555550100')
  expect(await verdict(allowlist, 'ada@example.com')).toBe('allowed')
  expect(await verdict(allowlist, 'anybody@example.org')).toBe('allowed')
  expect(await verdict(allowlist, 'anybody@sub.example.org')).toBe('not_allowed_access')
  expect(await verdict(allowlist, 'grace@example.com')).toBe('not_allowed_access')
  expect(await verdict(allowlist, { type: 'phone_number', value: '+15555550100' })).toBe('allowed')
  expect(await verdict(allowlist, { type: 'phone_number', value: '+15555550101' })).toBe('not_allowed_access')
})

test('the block list keeps out who is on it, unless the allow list lets her in', async () => {
  await list('blocklist', '*@example.com')
  await list('blocklist', '+15555550100')
  expect(await verdict({ blocklist: true }, 'ada@example.com')).toBe('not_allowed_access')
  expect(await verdict({ blocklist: true }, 'ada@example.org')).toBe('allowed')
  expect(await verdict({ blocklist: true }, { type: 'phone_number', value: '+15555550100' })).toBe('not_allowed_access')
  await list('allowlist', 'ada@example.com')
  expect(await verdict({ blocklist: true, allowlist: true }, 'ada@example.com')).toBe('allowed')
})

test('subaddresses and throw-away mailboxes are kept out where that is on', async () => {
  const restrictions = { blockEmailSubaddresses: true, blockDisposableEmailDomains: true }
  expect(await verdict(restrictions, 'ada+x@example.com')).toBe('not_allowed_access')
  expect(await verdict(restrictions, 'ada+clerk_test@example.com')).toBe('allowed')
  expect(await verdict(restrictions, 'ada@mailinator.com')).toBe('not_allowed_access')
  expect(await verdict({}, 'ada+x@mailinator.com')).toBe('allowed')
})

test('a Gmail address with other dots is the same one where dots are ignored', async () => {
  const emailAddresses = [{ value: 'a.da@gmail.com', status: 'verified' } as const]
  await createUser(instance.store, { columns: {}, emailAddresses, phoneNumbers: [] })
  expect(await verdict({ ignoreDotsForGmailAddresses: true }, 'ad.a@gmail.com')).toBe('form_identifier_exists')
  expect(await verdict({}, 'ad.a@gmail.com')).toBe('allowed')
  await list('blocklist', 'grace@gmail.com')
  const both = { ignoreDotsForGmailAddresses: true, blocklist: true }
  expect(await verdict(both, 'g.race@gmail.com')).toBe('not_allowed_access')
})
