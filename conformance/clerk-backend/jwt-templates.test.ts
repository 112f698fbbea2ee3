// JWT templates and the tokens they make, through the unmodified @clerk/backend.

import { generateKeyPairSync } from 'node:crypto'

import { createClerkClient, verifyToken } from '@clerk/backend'
import { decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { refusalOf, startTestClerk, type TestClerk, testInstance } from './running-clerk.ts'

const supabaseJwtSecret = 'a project secret of thirty-two characters'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk({ instances: [{ ...testInstance, connectedToSupabase: true, supabaseJwtSecret }] })
})

afterAll(async () => {
  await clerk.stop()
})

describe('JWT templates', () => {
  test('the template `supabase` signs with the project secret what Supabase reads', async () => {
    const user = await clerk.somebody()
    const session = await clerk.client.sessions.createSession({ userId: user.id })
    const { jwt } = await clerk.client.sessions.getToken(session.id, 'supabase')
    const { payload, protectedHeader } = await jwtVerify(jwt, new TextEncoder().encode(supabaseJwtSecret))
    expect(protectedHeader.alg).toBe('HS256')
    expect(payload).toMatchObject({
      aud: 'authenticated',
      role: 'authenticated',
      sub: user.id,
      app_metadata: {},
      user_metadata: {},
      email: user.primaryEmailAddress?.emailAddress,
    })
    await expect(verifyToken(jwt, { jwtKey: await clerk.instance.jwtKey() })).rejects.toMatchObject({ name: 'Error' })
  })

  test('a template is made, used, changed and deleted, and never tells its key', async () => {
    const api = clerk.client.jwtTemplates
    const made = await api.create({
      name: 'shop',
      claims: { mail: '{{user.primary_email_address}}', greeting: 'Dear {{user.first_name}}' },
      lifetime: 600,
      customSigningKey: true,
      signingAlgorithm: 'HS256',
      signingKey: 'shop secret',
    })
    expect(made).toMatchObject({ name: 'shop', lifetime: 600, allowedClockSkew: 5, customSigningKey: true })
    expect(JSON.stringify(await api.list())).not.toContain('shop secret')
    const { id: userId } = await clerk.somebody({ firstName: 'Ada' })
    const session = await clerk.client.sessions.createSession({ userId })
    const { jwt } = await clerk.client.sessions.getToken(session.id, 'shop')
    const { payload } = await jwtVerify(jwt, new TextEncoder().encode('shop secret'))
    expect([payload['greeting'], (payload.exp ?? 0) - (payload.iat ?? 0)]).toEqual(['Dear Ada', 600])
    const changed = await api.update({ templateId: made.id, name: 'shop', claims: { x: 1 }, customSigningKey: false })
    expect(changed).toMatchObject({
      claims: { x: 1 },
      customSigningKey: false,
      signingAlgorithm: 'RS256',
      lifetime: 600,
    })
    await expect(
      clerk.client.sessions.getToken(session.id, 'shop').then(({ jwt: token }) => decodeProtectedHeader(token)),
    ).resolves.toMatchObject({ alg: 'RS256', cat: 'cl_B7d4PD222AAA' })
    await api.delete(made.id)
    expect((await refusalOf(clerk.client.sessions.getToken(session.id, 'shop'))).status).toBe(404)
    expect((await refusalOf(api.get(made.id))).status).toBe(404)
  })

  test('the SDK does not take a template token for a session', async () => {
    await clerk.client.jwtTemplates.create({ name: 'not_a_session', claims: {} })
    const { id: userId } = await clerk.somebody()
    const session = await clerk.client.sessions.createSession({ userId })
    const { jwt } = await clerk.client.sessions.getToken(session.id, 'not_a_session')
    const { publishableKey, secretKey, backendApiUrl } = clerk.instance
    const request = new Request('http://localhost:3000/', { headers: { authorization: `Bearer ${jwt}` } })
    const state = await createClerkClient({
      publishableKey,
      secretKey,
      apiUrl: backendApiUrl,
      telemetry: { disabled: true },
    }).authenticateRequest(request)
    expect(state.status).toBe('signed-out')
  })

  test.each<[what: string, params: object, code: string]>([
    ['without a name', { claims: {} }, 'form_param_missing'],
    ['without claims', { name: 'x' }, 'form_param_missing'],
    ['with a reserved claim', { name: 'x', claims: { sub: 'me' } }, 'jwt_template_reserved_claim'],
    ['that lives too short', { name: 'x', claims: {}, lifetime: 29 }, 'form_param_value_invalid'],
    ['that lives too long', { name: 'x', claims: {}, lifetime: 315_360_001 }, 'form_param_value_too_large'],
    ['with too much skew', { name: 'x', claims: {}, allowedClockSkew: 301 }, 'form_param_value_too_large'],
    [
      'without the key it speaks of',
      { name: 'x', claims: {}, customSigningKey: true, signingAlgorithm: 'HS256' },
      'form_conditional_param_missing',
    ],
    [
      'with a key that is none',
      { name: 'x', claims: {}, customSigningKey: true, signingAlgorithm: 'RS256', signingKey: 'x' },
      'form_param_format_invalid',
    ],
    ['under a taken name', { name: 'supabase', claims: {} }, 'form_identifier_exists'],
  ])('a template %s is refused', async (_what, params, code) => {
    const refusal = await refusalOf(clerk.client.jwtTemplates.create(params as { name: string; claims: object }))
    expect(refusal.errors[0]?.code).toBe(code)
  })

  test('a template may bring its own RSA key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const signingKey = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
    const claims = { who: '{{user.id}}' }
    await clerk.client.jwtTemplates.create({
      name: 'rsa',
      claims,
      customSigningKey: true,
      signingAlgorithm: 'RS512',
      signingKey,
    })
    const { id: userId } = await clerk.somebody()
    const session = await clerk.client.sessions.createSession({ userId })
    const { payload } = await jwtVerify((await clerk.client.sessions.getToken(session.id, 'rsa')).jwt, publicKey)
    expect(payload['who']).toBe(userId)
  })
})
