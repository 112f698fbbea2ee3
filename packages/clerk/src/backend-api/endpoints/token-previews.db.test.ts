import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { type RunningClerk, startClerk } from '../../start-clerk.ts'
import { parseSeed } from '../../state/seed/parse-seed.ts'

const secretKey = 'sk_test_of_token_previews'
const seed = parseSeed({
  users: [
    { email_address: 'ada@example.com', external_id: 'ada', first_name: 'Ada' },
    { email_address: 'bob@example.com', external_id: 'bob' },
  ],
  organizations: [{ name: 'Acme', slug: 'acme', members: [{ user: 'ada', role: 'org:admin' }] }],
})

let database: TestDatabase
let clerk: RunningClerk
let ada: string
let acme: string

beforeAll(async () => {
  database = await createTestDatabase()
  const instance = { name: 'default', domain: 'shown.local.clerk.accounts.dev', secretKey, seed }
  clerk = await startClerk({ databaseUrl: database.url('tenon_clerk'), port: 0, instances: [instance] })
  ada = String((await list('/users?external_id=ada'))[0]?.['id'])
  acme = String(((await ask('GET', '/organizations'))['data'] as Answer[])[0]?.['id'])
})
afterAll(async () => {
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

async function list(path: string): Promise<readonly Answer[]> {
  return (await ask('GET', path)) as unknown as readonly Answer[]
}

const preview = async (body: object): Promise<Answer> => await ask('POST', '/instance/session_token/preview', body)

test('a session token is shown as it would be, in the organization that is chosen, and nothing is saved', async () => {
  const claims = { name: '{{user.first_name}}', at: "{{org.role || 'nowhere'}}" }
  const shown = await preview({ user_id: ada, organization_id: acme, claims })
  expect(shown).toMatchObject({
    object: 'token_preview',
    claims: { name: 'Ada', at: 'org:admin', sub: ada, sid: 'sess_preview', fva: [0, -1], v: 2, o: { id: acme } },
    claims_bytes: JSON.stringify(claims).length,
    claims_max_bytes: 1228,
    token_max_bytes: 4000,
  })
  expect(shown['token_bytes']).toBeGreaterThan(400)
  expect(await preview({ user_id: ada, claims })).toMatchObject({ claims: { at: 'nowhere' } })
  expect(await ask('GET', '/instance/session_token')).toMatchObject({ claims: {} })
  expect(await list('/sessions')).toHaveLength(0)
})

test('another version is shown without having been chosen', async () => {
  const flat = await preview({ user_id: ada, organization_id: acme, version: 'v1' })
  expect(flat['claims']).toMatchObject({ org_id: acme, org_role: 'org:admin' })
  expect(flat['claims']).not.toHaveProperty('v')
  const both = await preview({ user_id: ada, organization_id: acme, legacy_organization_claims: true })
  expect(both['claims']).toMatchObject({ v: 2, org_id: acme, o: { rol: 'admin' } })
})

test('a template is shown with its lifetime and skew', async () => {
  const body = { user_id: ada, lifetime: 90, allowed_clock_skew: 7, claims: { aud: 'authenticated' } }
  const { claims } = (await ask('POST', '/jwt_templates/preview', body)) as { claims: Record<string, number> }
  expect(claims).toMatchObject({ aud: 'authenticated', sub: ada })
  expect([claims['exp']! - claims['iat']!, claims['iat']! - claims['nbf']!]).toEqual([90, 7])
  expect(claims).not.toHaveProperty('sid')
})

test('the size of a token is that of its algorithm', async () => {
  const sizeBy = async (algorithm?: string): Promise<number> => {
    const body = { user_id: ada, claims: {}, ...(algorithm !== undefined && { signing_algorithm: algorithm }) }
    return Number((await ask('POST', '/jwt_templates/preview', body))['token_bytes'])
  }
  const least = await sizeBy('HS256')
  const more = await Promise.all(['HS512', 'ES256', 'ES384', 'RS256'].map(async (name) => (await sizeBy(name)) - least))
  expect(more).toEqual([43, 43, 85, 299])
  // The header names the instance's key, and none of a template's own.
  expect((await sizeBy()) - least).toBeGreaterThan(299)
  const refused = await ask('POST', '/jwt_templates/preview', { user_id: ada, claims: {}, signing_algorithm: 'none' })
  expect(refused).toMatchObject({ errors: [{ code: 'form_param_value_invalid' }] })
})

test.each<[what: string, path: string, body: () => object, code: string]>([
  [
    'a reserved claim',
    '/instance/session_token/preview',
    () => ({ claims: { sub: 'x' } }),
    'jwt_template_reserved_claim',
  ],
  [
    'more claims than a cookie holds',
    '/instance/session_token/preview',
    () => ({ claims: { long: 'x'.repeat(1300) } }),
    'form_param_exceeds_allowed_size',
  ],
  ['an unknown version', '/instance/session_token/preview', () => ({ version: 'v3' }), 'form_param_value_invalid'],
  [
    'a reserved claim of a template',
    '/jwt_templates/preview',
    () => ({ claims: { iss: 'x' } }),
    'jwt_template_reserved_claim',
  ],
  ['a template without claims', '/jwt_templates/preview', () => ({}), 'form_param_missing'],
  ['a user nobody knows', '/jwt_templates/preview', () => ({ claims: {}, user_id: 'user_no' }), 'resource_not_found'],
  [
    'an organization the user is not in',
    '/jwt_templates/preview',
    () => ({ claims: {}, organization_id: 'org_no' }),
    'resource_not_found',
  ],
])('%s is refused as saving would refuse it', async (_what, path, body, code) => {
  expect(await ask('POST', path, { user_id: ada, ...body() })).toMatchObject({ errors: [{ code }] })
})
