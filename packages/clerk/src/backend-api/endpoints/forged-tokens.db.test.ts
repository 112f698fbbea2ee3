import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../../../testing/src/template-database.ts'
import { type RunningClerk, startClerk } from '../../start-clerk.ts'
import { parseSeed } from '../../state/seed/parse-seed.ts'

const secretKey = 'sk_test_of_forged_tokens'
const domain = 'forged.local.clerk.accounts.dev'
const templateSecret = 'a-secret-of-thirty-two-characters'
const seed = parseSeed({
  users: [{ email_address: 'ada@example.com', external_id: 'ada' }],
  organizations: [{ name: 'Acme', slug: 'acme', members: [{ user: 'ada', role: 'org:admin' }] }],
})

let database: TestDatabase
let clerk: RunningClerk
let ada: string
let acme: string

beforeAll(async () => {
  database = await createTestDatabase()
  const instance = {
    name: 'default',
    domain,
    secretKey,
    seed,
    connectedToSupabase: true,
    supabaseJwtSecret: templateSecret,
  }
  clerk = await startClerk({ databaseUrl: database.url('tenon_clerk'), port: 0, instances: [instance] })
  ada = (await ask<{ id: string }[]>('GET', '/users?external_id=ada'))[0]!.id
  acme = (await ask<{ data: { id: string }[] }>('GET', '/organizations')).data[0]!.id
})
afterAll(async () => {
  await clerk.stop()
  await database.drop()
})

async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  return (await (await fetch(`${clerk.instance().backendApiUrl}/v1${path}`, init)).json()) as Answer
}

async function forged(body: object): Promise<string> {
  return (await ask<{ jwt: string }>('POST', '/instance/forged_tokens', body)).jwt
}

function claimsOf(jwt: string): Readonly<Record<string, unknown>> {
  return JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
}

async function verified(jwt: string): Promise<Readonly<Record<string, unknown>>> {
  const keySet = (await (await fetch(clerk.instance().jwksUrl)).json()) as JSONWebKeySet
  return (await jwtVerify(jwt, createLocalJWKSet(keySet), { issuer: `https://${domain}` })).payload
}

test('a token for a user in her organization verifies, though she never signed in', async () => {
  const jwt = await forged({
    user_id: ada,
    organization_id: acme,
    factor_verification_age: [3, 5],
    expires_in_seconds: 600,
  })
  const claims = await verified(jwt)
  expect(claims).toMatchObject({
    sub: ada,
    role: 'authenticated',
    v: 2,
    fva: [3, 5],
    sid: 'sess_forged',
    o: { id: acme, rol: 'admin', slg: 'acme' },
    org_id: acme,
    org_role: 'org:admin',
  })
  expect(Number(claims['exp']) - Number(claims['iat'])).toBe(600)
  expect(await ask('GET', `/sessions?user_id=${ada}`)).toHaveLength(0)
})

test('people, organizations, roles and permissions are made up on demand', async () => {
  const made = {
    sub: 'user_nobody',
    organization_id: 'org_None',
    role: 'org:auditor',
    permissions: ['org:books:read'],
    claims: { aud: 'shop', sts: 'pending' },
    authorized_party: 'https://shop.example',
  }
  expect(await verified(await forged(made))).toMatchObject({
    sub: 'user_nobody',
    aud: 'shop',
    sts: 'pending',
    azp: 'https://shop.example',
    fea: 'o:books',
    o: { id: 'org_None', rol: 'auditor', slg: 'none', per: 'read', fpm: '1' },
  })
  const flat = await verified(await forged({ ...made, version: 'v1' }))
  expect(flat).toMatchObject({ org_role: 'org:auditor', org_permissions: ['org:books:read'] })
  expect(flat).not.toHaveProperty('o')
  const bare = await verified(await forged({ ...made, version: 'v2', legacy_organization_claims: false }))
  expect(bare).not.toHaveProperty('org_id')
  const elsewhere = { user_id: ada, organization_id: 'org_x', role: 'org:member', organization_slug: 'x' }
  expect(await verified(await forged(elsewhere))).toMatchObject({ sub: ada, o: { slg: 'x', rol: 'member' } })
})

test('a token by template is signed as the template says', async () => {
  const jwt = await forged({ user_id: ada, template: 'supabase', expires_in_seconds: 90 })
  const { payload, protectedHeader } = await jwtVerify(jwt, new TextEncoder().encode(templateSecret))
  expect(protectedHeader.alg).toBe('HS256')
  expect(payload).toMatchObject({ sub: ada, email: 'ada@example.com', aud: 'authenticated' })
  const strange = await forged({ user_id: ada, template: 'supabase', fault: 'wrong_key' })
  await expect(jwtVerify(strange, new TextEncoder().encode(templateSecret))).rejects.toThrow('signature verification')
})

test.each([
  ['expired', '"exp" claim timestamp check failed'],
  ['not_yet_valid', '"nbf" claim timestamp check failed'],
  ['wrong_issuer', 'unexpected "iss" claim value'],
  ['wrong_key', 'signature verification failed'],
  ['tampered', 'signature verification failed'],
  ['unknown_kid', 'no applicable key found'],
  ['alg_none', 'Unsupported "alg"'],
  ['hs256_with_public_key', 'Unsupported "alg"'],
])('a token with the fault %s does not verify: %s', async (fault, message) => {
  await expect(verified(await forged({ user_id: ada, fault }))).rejects.toThrow(message)
})

const fault = async (name: string) => await verified(await forged({ user_id: ada, fault: name }))

test('the faults of claims are in tokens that are signed well', async () => {
  expect(await fault('no_role')).not.toHaveProperty('role')
  expect(await fault('role_service_role')).toMatchObject({ role: 'service_role' })
  expect(await fault('no_expiry')).not.toHaveProperty('exp')
  const { iat, exp } = await fault('issued_in_future')
  expect(Number(exp) - Number(iat)).toBe(60)
})

test('the header of a faulty token names what the instance would', async () => {
  const right = decodeProtectedHeader(await forged({ user_id: ada }))
  expect(decodeProtectedHeader(await forged({ user_id: ada, fault: 'wrong_key' })).kid).toBe(right.kid)
  expect(decodeProtectedHeader(await forged({ user_id: ada, fault: 'unknown_kid' })).kid).toMatch(/^ins_/)
  const unsigned = await forged({ user_id: ada, fault: 'alg_none' })
  expect(unsigned).toMatch(/\.$/)
  expect(claimsOf(unsigned)).toMatchObject({ sub: ada })
})

test.each([
  ['nobody', {}, 'form_param_missing'],
  ['two people at once', { user_id: 'user_a', sub: 'user_b' }, 'form_conditional_param_disallowed'],
  ['a user nobody knows', { user_id: 'user_no' }, 'resource_not_found'],
  ['an unknown fault', { sub: 'user_a', fault: 'odd' }, 'form_param_value_invalid'],
  ['an unknown version', { sub: 'user_a', version: 'v3' }, 'form_param_value_invalid'],
  ['ages that are none', { sub: 'user_a', factor_verification_age: [1] }, 'form_param_format_invalid'],
  ['a life without end', { sub: 'user_a', expires_in_seconds: 1e12 }, 'form_param_value_too_large'],
  ['a template nobody made', { sub: 'user_a', template: 'no' }, 'resource_not_found'],
  ['an unknown parameter', { sub: 'user_a', what: 1 }, 'form_param_unknown'],
])('%s is refused', async (_what, body, code) => {
  expect(await ask('POST', '/instance/forged_tokens', body)).toMatchObject({ errors: [{ code }] })
})

test('a user is refused in an organization she is not in, unless a role makes that up', async () => {
  const refused = await ask('POST', '/instance/forged_tokens', { user_id: ada, organization_id: 'org_other' })
  expect(refused).toMatchObject({ errors: [{ code: 'resource_not_found' }] })
})

test('a production instance forges nothing', async () => {
  await using own = await createTestDatabase()
  const live = await startClerk({
    databaseUrl: own.url('tenon_clerk'),
    port: 0,
    instances: [{ name: 'default', domain: 'clerk.example.com', secretKey, environment: 'production' }],
    allowProduction: true,
  })
  try {
    const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
    const body = JSON.stringify({ sub: 'user_a' })
    const url = `${live.instance().backendApiUrl}/v1/instance/forged_tokens`
    const answer = await fetch(url, { method: 'POST', headers, body })
    expect([answer.status, await answer.json()]).toMatchObject([403, { errors: [{ code: 'forging_not_allowed' }] }])
  } finally {
    await live.stop()
  }
})
