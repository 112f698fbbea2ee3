import { afterEach, beforeEach, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { type RunningClerk, startClerk } from '../../start-clerk.ts'
import { parseSeed } from '../../state/seed/parse-seed.ts'

const secretKey = 'sk_test_of_session_tokens'
const domain = 'shaped.local.clerk.accounts.dev'
const seed = parseSeed({ users: [{ email_address: 'ada@example.com', external_id: 'ada', first_name: 'Ada' }] })

let database: TestDatabase
let clerk: RunningClerk

beforeEach(async () => {
  database = await createTestDatabase()
  const instance = { name: 'default', domain, secretKey, seed, supabaseJwtSecret: 'a-secret-of-thirty-two-characters' }
  clerk = await startClerk({ databaseUrl: database.url('tenon_clerk'), port: 0, instances: [instance] })
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

/** The claims of a token minted now. */
async function minted(): Promise<Answer> {
  const [user] = (await ask('GET', '/users?external_id=ada')) as unknown as { id: string }[]
  const session = await ask('POST', '/sessions', { user_id: user?.id })
  const { jwt } = await ask('POST', `/sessions/${String(session['id'])}/tokens`)
  return JSON.parse(Buffer.from(String(jwt).split('.')[1] ?? '', 'base64url').toString()) as Answer
}

test('connecting with Supabase says what it changed, and changes nothing the second time', async () => {
  const connection = await ask('POST', '/instance/connect_supabase')
  expect(connection).toEqual({
    object: 'supabase_connection',
    connected: true,
    changed: ['session_token.role', 'session_token.legacy_organization_claims', 'jwt_templates.supabase'],
    domain,
    issuer: `https://${domain}`,
    jwks_url: clerk.instance().jwksUrl,
    session_token: { claims: { role: 'authenticated' }, legacy_organization_claims: true },
  })
  expect(await minted()).toMatchObject({ role: 'authenticated' })
  expect(await ask('POST', '/instance/connect_supabase')).toMatchObject({ connected: true, changed: [] })
  const templates = (await ask('GET', '/jwt_templates')) as unknown as Answer[]
  expect(templates).toMatchObject([{ name: 'supabase', signing_algorithm: 'HS256' }])
})

test('disconnecting takes the role out of the next token and keeps the template', async () => {
  await ask('POST', '/instance/connect_supabase')
  expect(await ask('DELETE', '/instance/connect_supabase')).toMatchObject({
    connected: false,
    session_token: { claims: {}, legacy_organization_claims: false },
  })
  expect(await minted()).not.toHaveProperty('role')
  expect(await ask('GET', '/jwt_templates')).toHaveLength(1)
})

test('a role of the owner’s own stays what it is when the instance is connected', async () => {
  await ask('PATCH', '/instance/session_token', { claims: { role: 'editor' } })
  expect(await ask('POST', '/instance/connect_supabase')).toMatchObject({
    changed: ['session_token.legacy_organization_claims', 'jwt_templates.supabase'],
    session_token: { claims: { role: 'editor' } },
  })
  expect(await minted()).toMatchObject({ role: 'editor' })
})

test('custom claims are replaced whole, rendered with the user’s own values, and emptied by null', async () => {
  await ask('PATCH', '/instance/session_token', { claims: { plan: 'free', name: '{{user.first_name}}' } })
  expect(await minted()).toMatchObject({ plan: 'free', name: 'Ada', v: 2 })
  const changed = await ask('PATCH', '/instance/session_token', { claims: { tier: 1 }, version: 'v1' })
  expect(changed).toMatchObject({ object: 'session_token_settings', claims: { tier: 1 }, version: 'v1' })
  const claims = await minted()
  expect(claims).toMatchObject({ tier: 1 })
  expect(claims).not.toHaveProperty('plan')
  expect(claims).not.toHaveProperty('v')
  expect(await ask('PATCH', '/instance/session_token', { claims: null })).toMatchObject({ claims: {}, version: 'v1' })
})

test.each([
  ['a reserved claim', { claims: { sub: 'somebody' } }, 'jwt_template_reserved_claim'],
  ['more than a cookie can hold', { claims: { text: 'x'.repeat(1300) } }, 'form_param_exceeds_allowed_size'],
  ['claims that are no object', { claims: 'role' }, 'form_param_type_invalid'],
  ['an unknown version', { version: 'v3' }, 'form_param_value_invalid'],
  ['an unknown setting', { lifetime: 5 }, 'form_param_unknown'],
])('%s is refused, and nothing is changed', async (_what, body, code) => {
  const before = await ask('GET', '/instance/session_token')
  expect(await ask('PATCH', '/instance/session_token', body)).toMatchObject({ errors: [{ code }] })
  expect(await ask('GET', '/instance/session_token')).toEqual(before)
})
