import { afterAll, beforeAll, expect, test } from 'vitest'

import { createTestDatabase, type TestDatabase } from '../../testing/src/template-database.ts'
import { type ClerkOptions, type RunningClerk, startClerk } from './start-clerk.ts'
import { parseSeed } from './state/seed/parse-seed.ts'

const secretKey = 'sk_test_started_instance'
const domain = 'tasks.local.clerk.accounts.dev'
const seed = parseSeed({
  roles: [{ key: 'org:billing', permissions: ['org:invoices:read'] }],
  users: [
    { email_address: 'ada@example.com', first_name: 'Ada', password: 'correct horse', external_id: 'ada' },
    { username: 'grace_h', email_address: ['grace@example.com', 'grace@work.example'] },
  ],
  organizations: [
    {
      name: 'Acme',
      slug: 'acme',
      members: [
        { user: 'ada', role: 'org:admin' },
        { user: 'GRACE@example.com', role: 'org:billing' },
      ],
      invitations: [{ email_address: 'new@example.com' }, { email_address: 'ada@example.com' }],
      domains: [{ name: 'acme.example' }],
    },
  ],
  jwt_templates: [{ name: 'shop', claims: { mail: '{{user.primary_email_address}}' } }],
})

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
})

afterAll(async () => {
  await database.drop()
})

const start = (more: Partial<ClerkOptions> = {}): Promise<RunningClerk> =>
  startClerk({
    databaseUrl: database.url('tenon_clerk'),
    port: 0,
    instances: [{ name: 'default', domain, secretKey, seed }],
    ...more,
  })

async function ask(clerk: RunningClerk, path: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' }
  const answer = await fetch(`${clerk.instance().backendApiUrl}/v1${path}`, { ...init, headers })
  return (await answer.json()) as Record<string, unknown>
}

const rowsOf = async (table: string) => {
  const [row] = await database.query(`select count(*)::int as count from clerk.${table}`, 'supabase_admin')
  return row?.['count']
}

test('a second start keeps ids, keys and people, and applies the seed once', async () => {
  const first = await start()
  const before = { id: first.instance().id, key: await first.instance().jwtKey() }
  await first.stop()
  const second = await start()
  expect({ id: second.instance().id, key: await second.instance().jwtKey() }).toEqual(before)
  expect(await ask(second, '/users/count')).toEqual({ object: 'total_count', total_count: 2 })
  const memberships = await ask(second, '/organization_memberships?order_by=%2Bcreated_at')
  expect(memberships).toMatchObject({
    data: [{ role: 'org:admin' }, { role: 'org:billing', permissions: ['org:invoices:read'] }],
    total_count: 2,
  })
  expect(await rowsOf('roles')).toBe(3)
  expect(await ask(second, '/organization_invitations')).toMatchObject({
    total_count: 1,
    data: [{ email_address: 'new@example.com', status: 'pending' }],
  })
  expect(await ask(second, '/organization_domains?verified=true')).toMatchObject({ total_count: 1 })
  await second.stop()
})

test('processes that start together on an empty database make one instance with one key', async () => {
  await using empty = await createTestDatabase()
  const databaseUrl = empty.url('tenon_clerk')
  const together = await Promise.all([start({ databaseUrl }), start({ databaseUrl })])
  const keys = await Promise.all(together.map((clerk) => clerk.instance().jwtKey()))
  expect(new Set(keys).size).toBe(1)
  expect(new Set(together.map((clerk) => clerk.instance().id)).size).toBe(1)
  await Promise.all(together.map((clerk) => clerk.stop()))
})

test('a reset empties the instance to its seed and keeps its key', async () => {
  const clerk = await start()
  const key = await clerk.instance().jwtKey()
  await ask(clerk, '/users', { method: 'POST', body: JSON.stringify({ username: 'passing_by' }) })
  expect(await ask(clerk, '/users/count')).toMatchObject({ total_count: 3 })
  await clerk.instance().reset()
  expect(await ask(clerk, '/users/count')).toMatchObject({ total_count: 2 })
  expect(await clerk.instance().jwtKey()).toBe(key)
  await clerk.stop()
})

test('a seed that names nobody it has is refused and leaves nothing behind', async () => {
  const clerk = await start()
  const bad = parseSeed({
    users: [{ username: 'half_applied' }],
    organizations: [{ name: 'Ghosts', slug: 'ghosts', members: [{ user: 'nobody@example.com' }] }],
  })
  await expect(clerk.instance().applySeed(bad)).rejects.toThrow(
    /seed_invalid: organizations\[0\]\.members: no user is called/,
  )
  expect(await ask(clerk, '/users?username=half_applied')).toEqual([])
  await clerk.stop()
})

test('connecting adds the role to session tokens, and a restart without the option keeps it', async () => {
  const clerk = await start()
  const [user] = (await ask(clerk, '/users?external_id=ada')) as unknown as { id: string }[]
  const body = JSON.stringify({ user_id: user?.id })
  const session = await ask(clerk, '/sessions', { method: 'POST', body })
  const claims = async (running: RunningClerk) => {
    const { jwt } = await ask(running, `/sessions/${String(session['id'])}/tokens`, { method: 'POST' })
    return JSON.parse(Buffer.from(String(jwt).split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>
  }
  expect(await claims(clerk)).not.toHaveProperty('role')
  await clerk.instance().connectToSupabase()
  expect(await claims(clerk)).toMatchObject({ role: 'authenticated', org_role: 'org:admin' })
  await clerk.stop()
  const again = await start()
  expect(await claims(again)).toMatchObject({ role: 'authenticated' })
  await again.stop()
})

test('a session ends with its seven days, told by the clock alone', async () => {
  let now = Date.now()
  const clerk = await start({ now: () => now })
  const [user] = (await ask(clerk, '/users?external_id=ada')) as unknown as { id: string }[]
  const session = await ask(clerk, '/sessions', { method: 'POST', body: JSON.stringify({ user_id: user?.id }) })
  const path = `/sessions/${String(session['id'])}`
  now += 7 * 86_400_000 - 1000
  expect(await ask(clerk, `${path}/tokens`, { method: 'POST' })).toHaveProperty('jwt')
  now += 1000
  expect(await ask(clerk, `${path}/tokens`, { method: 'POST' })).toMatchObject({
    errors: [{ code: 'resource_not_found' }],
  })
  expect(await ask(clerk, path)).toMatchObject({ status: 'expired' })
  await clerk.stop()
})

test('custom claims that outgrow a cookie are refused when the token is made', async () => {
  const wide = { name: 'default', domain, secretKey, sessionClaims: { all: '{{user.public_metadata}}' } }
  const clerk = await start({ instances: [wide] })
  const body = { username: 'wide_load', public_metadata: { text: 'x'.repeat(4000) } }
  const user = await ask(clerk, '/users', { method: 'POST', body: JSON.stringify(body) })
  const session = await ask(clerk, '/sessions', { method: 'POST', body: JSON.stringify({ user_id: user['id'] }) })
  expect(await ask(clerk, `/sessions/${String(session['id'])}/tokens`, { method: 'POST' })).toMatchObject({
    errors: [{ code: 'form_param_exceeds_allowed_size' }],
  })
  await clerk.stop()
})

test('schema clerk is closed to the roles of the project', async () => {
  for (const role of ['anon', 'authenticated', 'service_role']) {
    const look = database.query(`set role ${role}; select * from clerk.users`, 'supabase_admin')
    await expect(look).rejects.toThrow(/permission denied/)
  }
})

test.each<[what: string, options: Partial<ClerkOptions>, message: RegExp]>([
  ['a public address', { host: '0.0.0.0' }, /exposure_not_allowed/],
  ['no default instance', { instances: [] }, /one instance named default/],
  ['a bad domain', { instances: [{ name: 'default', domain: 'nodot', secretKey }] }, /domain: a host name/],
  ['a bad key', { instances: [{ name: 'default', domain, secretKey: 'secret' }] }, /secretKey: sk_test_/],
  [
    'one key for two instances',
    {
      instances: [
        { name: 'default', domain, secretKey },
        { name: 'two', domain: 'two.example', secretKey },
      ],
    },
    /a secret key of its own/,
  ],
  [
    'a session claim that would replace a default one',
    { instances: [{ name: 'default', domain, secretKey, sessionClaims: { sub: 'me' } }] },
    /jwt_template_reserved_claim: sub/,
  ],
  [
    'session claims that are too large',
    { instances: [{ name: 'default', domain, secretKey, sessionClaims: { text: 'x'.repeat(1300) } }] },
    /form_param_exceeds_allowed_size/,
  ],
])('%s is refused at start', async (_what, options, message) => {
  await expect(start(options)).rejects.toThrow(message)
})

test('a database that is not there is told at once', async () => {
  await expect(start({ databaseUrl: 'postgresql://nobody@127.0.0.1:1/none' })).rejects.toThrow(/ECONNREFUSED/)
})
