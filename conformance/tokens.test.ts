import { createHmac } from 'node:crypto'

import { createClerkClient } from '@clerk/backend'
import { createClient } from '@supabase/supabase-js'
import { jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type RunningStack, startStack, tenon } from './running-stack.ts'

let stack: RunningStack
let clerk: ReturnType<typeof createClerkClient>
let userId: string
let sessionId: string

beforeAll(async () => {
  stack = await startStack({ files: WHO_AM_I })
  clerk = createClerkClient({ secretKey: stack.line('CLERK_SECRET_KEY'), apiUrl: stack.line('CLERK_API_URL') })
  const user = await clerk.users.createUser({ emailAddress: ['eve@example.com'], skipPasswordRequirement: true })
  userId = user.id
  sessionId = (await clerk.sessions.createSession({ userId })).id
})
afterAll(async () => await stack[Symbol.asyncDispose]())

const WHO_AM_I = {
  'supabase/migrations/20260301000000_who_am_i.sql': `
create function who_am_i() returns jsonb language sql stable
  as $$ select jsonb_build_object('role', current_user, 'sub', auth.jwt() ->> 'sub', 'iss', auth.jwt() ->> 'iss') $$;
create role accountant;
grant usage on schema public to accountant;
`,
} as const

/** Asks who the token makes of the caller; the refusal's body where it is refused. */
async function whoAmI(
  headers: Readonly<Record<string, string>>,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${stack.line('API_URL')}/rest/v1/rpc/who_am_i`, { headers })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

async function asBearer(token: string): ReturnType<typeof whoAmI> {
  return await whoAmI({ apikey: stack.line('PUBLISHABLE_KEY'), authorization: `Bearer ${token}` })
}

function ownToken(claims: object, secret = stack.line('JWT_SECRET')): string {
  const body = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
}

const inAMinute = (): number => Math.floor(Date.now() / 1000) + 60

describe('tokens that are trusted', () => {
  test("a session token of Clerk's is the person, in role authenticated", async () => {
    const { jwt } = await clerk.sessions.getToken(sessionId)
    const { status, body } = await asBearer(jwt)
    expect([status, body]).toEqual([
      200,
      { role: 'authenticated', sub: userId, iss: 'https://tasks-nextjs.local.clerk.accounts.dev' },
    ])
  })

  test("the JWT template `supabase`, signed with the project's secret, is the same person", async () => {
    const { jwt } = await clerk.sessions.getToken(sessionId, 'supabase')
    expect((await asBearer(jwt)).body).toMatchObject({ role: 'authenticated', sub: userId })
  })

  test("a JWT template of one's own, HS256, is the person where its key is the project's secret, and nobody otherwise", async () => {
    const claims = { role: 'authenticated', plan: "{{user.public_metadata.plan || 'free'}}" }
    const custom = { claims, customSigningKey: true, signingAlgorithm: 'HS256' }
    await clerk.jwtTemplates.create({ ...custom, name: 'mine', signingKey: stack.line('JWT_SECRET') })
    await clerk.jwtTemplates.create({ ...custom, name: 'foreign', signingKey: 'the secret of another project' })
    const { jwt } = await clerk.sessions.getToken(sessionId, 'mine')
    const { payload, protectedHeader } = await jwtVerify(jwt, Buffer.from(stack.line('JWT_SECRET')))
    expect(protectedHeader.alg).toBe('HS256')
    expect(payload).toMatchObject({ sub: userId, plan: 'free' })
    expect(await asBearer(jwt)).toMatchObject({ status: 200, body: { role: 'authenticated', sub: userId } })
    expect(await explained(jwt)).toMatchObject({ accepted: true, claims: { plan: 'free' } })
    const foreign = await asBearer((await clerk.sessions.getToken(sessionId, 'foreign')).jwt)
    expect(foreign).toMatchObject({ status: 401, body: { code: 'PGRST301' } })
    expect(foreign.body['hint']).toMatch(/JWT secret/)
  })

  test('API keys of both generations choose their role, alone or as bearer', async () => {
    for (const [name, role] of [
      ['PUBLISHABLE_KEY', 'anon'],
      ['ANON_KEY', 'anon'],
      ['SECRET_KEY', 'service_role'],
      ['SERVICE_ROLE_KEY', 'service_role'],
    ] as const) {
      const key = stack.line(name)
      expect((await whoAmI({ apikey: key })).body, `${name} alone`).toMatchObject({ role })
      const both = await whoAmI({ apikey: key, authorization: `Bearer ${key}` })
      expect(both.body, `${name} as bearer too`).toMatchObject({ role })
    }
  })

  test("a user's token wins over the key that comes along", async () => {
    const { jwt } = await clerk.sessions.getToken(sessionId)
    const answer = await whoAmI({ apikey: stack.line('SECRET_KEY'), authorization: `Bearer ${jwt}` })
    expect(answer.body).toMatchObject({ role: 'authenticated' })
  })

  test('no credentials at all are anonymous on loopback', async () => {
    expect((await whoAmI({})).body).toMatchObject({ role: 'anon', sub: null })
  })
})

describe('tokens that are refused', () => {
  test.each([
    ['expired', () => ownToken({ role: 'authenticated', exp: 1 }), 'PGRST303', 'JWT expired'],
    [
      'of a wrong secret',
      () => ownToken({ role: 'authenticated', exp: inAMinute() }, 'x'.repeat(40)),
      'PGRST301',
      /key/,
    ],
    ['not a token', () => 'abc', 'PGRST301', 'Expected 3 parts in JWT; got 1'],
    ['without signature', () => `${ownToken({ exp: inAMinute() }).split('.').slice(0, 2).join('.')}.`, 'PGRST301', /./],
  ])('%s', async (_name, token, code, message) => {
    const { status, body } = await asBearer(token())
    expect([status, body['code']]).toEqual([401, code])
    expect(body['message']).toMatch(message)
  })

  test('a custom role says plainly which grant is missing, and works once it is given', async () => {
    const token = ownToken({ role: 'accountant', sub: 'user_x', exp: inAMinute() })
    const refused = await asBearer(token)
    expect([401, 403]).toContain(refused.status)
    expect(refused.body['hint']).toMatch(/grant "?accountant"? to "?authenticator"?/i)
    const grant = 'Run: grant "accountant" to "authenticator";'
    expect(await explained(token)).toMatchObject({ accepted: false, problem: { code: 'postgres.42501', fix: grant } })
    await tenon(stack.folder, 'db', 'query', 'grant accountant to authenticator')
    expect((await asBearer(token)).body).toMatchObject({ role: 'accountant' })
    expect(await explained(token)).toMatchObject({ accepted: true, postgres: { role: 'accountant' } })
  })

  test.each(['authenticator', 'postgres', 'supabase_admin', 'supabase_auth_admin', 'tenon_clerk'])(
    'a token that names %s is refused without a word of granting it, though the project signed it',
    async (role) => {
      const { status, body } = await asBearer(ownToken({ role, exp: inAMinute() }))
      expect([status, body['code']]).toEqual([401, 'PGRST303'])
      expect(body['hint']).toMatch(/not for tokens/)
      expect(body['hint']).not.toMatch(/grant/i)
    },
  )

  test('a client of supabase-js is told why', async () => {
    const client = createClient(stack.line('API_URL'), stack.line('PUBLISHABLE_KEY'), {
      accessToken: async () => ownToken({ role: 'authenticated', exp: 1 }),
    })
    const { status, error } = await client.from('tasks').select()
    expect([status, error?.message]).toEqual([401, 'JWT expired'])
  })
})

const explain = async (token: string, key: string) =>
  await fetch(`${stack.line('API_URL')}/platform/v1/tokens/explain`, {
    method: 'POST',
    headers: { apikey: key, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })

const explained = async (token: string): Promise<unknown> => (await explain(token, stack.line('SECRET_KEY'))).json()

describe('POST /platform/v1/tokens/explain', () => {
  test('tells what was checked and what Postgres will see', async () => {
    const { jwt } = await clerk.sessions.getToken(sessionId)
    const answer = await explain(jwt, stack.line('SECRET_KEY'))
    expect(answer.status).toBe(200)
    expect(JSON.stringify(await answer.json())).toContain(userId)
  })

  test('names the first thing that is wrong', async () => {
    const answer = await explain(ownToken({ role: 'authenticated', exp: 1 }), stack.line('SECRET_KEY'))
    expect(JSON.stringify(await answer.json())).toContain('token.expired')
  })

  test.each(['PUBLISHABLE_KEY', 'ANON_KEY'])('is not for holders of the %s', async (name) => {
    expect((await explain('x', stack.line(name))).status).toBe(401)
  })
})
