// Sessions and their tokens, as the unmodified @clerk/backend opens and verifies them.

import { createClerkClient, verifyToken } from '@clerk/backend'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { parseSeed } from '../../packages/clerk/src/index.ts'
import { refusalOf, startTestClerk, type TestClerk, testInstance } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk({
    instances: [
      {
        ...testInstance,
        seed: parseSeed({
          roles: [
            { key: 'org:accountant', name: 'Accountant', permissions: ['org:invoices:read', 'org:invoices:pay'] },
          ],
        }),
        connectedToSupabase: true,
      },
    ],
  })
})

afterAll(async () => {
  await clerk.stop()
})

describe('sessions and their tokens', () => {
  test('a session is opened, listed and revoked', async () => {
    const { id: userId } = await clerk.somebody()
    const session = await clerk.client.sessions.createSession({ userId })
    expect(session).toMatchObject({ userId, status: 'active', lastActiveOrganizationId: null })
    expect(session.expireAt - session.createdAt).toBe(7 * 86_400_000)
    const list = await clerk.client.sessions.getSessionList({ userId, status: 'active' })
    expect([list.data.map(({ id }) => id), list.totalCount]).toEqual([[session.id], 1])
    await expect(clerk.client.sessions.revokeSession(session.id)).resolves.toMatchObject({ status: 'revoked' })
    expect((await clerk.client.sessions.getSessionList({ userId, status: 'active' })).totalCount).toBe(0)
    expect((await refusalOf(clerk.client.sessions.getToken(session.id))).status).toBe(404)
    expect((await clerk.client.users.getUser(userId)).lastSignInAt).toBe(session.createdAt)
  })

  test('a list of sessions is a bare array unless it is asked for pages', async () => {
    const answer = await fetch(`${clerk.instance.backendApiUrl}/v1/sessions?limit=1`, {
      headers: { authorization: `Bearer ${clerk.instance.secretKey}` },
    })
    expect(Array.isArray(await answer.json())).toBe(true)
  })

  test('the SDK verifies a token by the key it was given and by the key set it fetches', async () => {
    const { id: userId } = await clerk.somebody()
    const session = await clerk.client.sessions.createSession({ userId })
    const { jwt } = await clerk.client.sessions.getToken(session.id)
    const { secretKey, backendApiUrl: apiUrl } = clerk.instance
    await expect(verifyToken(jwt, { jwtKey: await clerk.instance.jwtKey() })).resolves.toMatchObject({ sub: userId })
    const claims = await verifyToken(jwt, { secretKey, apiUrl })
    expect(claims).toMatchObject({
      sub: userId,
      sid: session.id,
      iss: clerk.instance.issuer,
      v: 2,
      sts: 'active',
      fva: [0, -1],
    })
    expect(claims).toMatchObject({ role: 'authenticated' })
    expect(claims.exp - claims.iat).toBe(60)
    expect(claims.iat - claims.nbf).toBe(10)
    expect(decodeProtectedHeader(jwt)).toMatchObject({ alg: 'RS256', cat: 'cl_B7d4PD111AAA', oiat: claims.iat })
  })

  test('the SDK signs a request in with the token, and sees organization, role and permissions', async () => {
    const { id: userId } = await clerk.somebody()
    const made = await clerk.client.organizations.createOrganization({ name: 'Books' })
    const membership = { organizationId: made.id, userId, role: 'org:accountant' }
    await clerk.client.organizations.createOrganizationMembership(membership)
    const session = await clerk.client.sessions.createSession({ userId })
    const { jwt } = await clerk.client.sessions.getToken(session.id)
    const { publishableKey, secretKey, backendApiUrl } = clerk.instance
    const request = new Request('http://localhost:3000/', { headers: { authorization: `Bearer ${jwt}` } })
    const state = await createClerkClient({
      publishableKey,
      secretKey,
      apiUrl: backendApiUrl,
      telemetry: { disabled: true },
    }).authenticateRequest(request)
    const auth = state.toAuth()
    expect([state.status, auth && 'userId' in auth ? auth.userId : null]).toEqual(['signed-in', userId])
    expect(auth).toMatchObject({ orgId: made.id, orgRole: 'org:accountant', orgSlug: made.slug })
    expect(decodeJwt(jwt)).toMatchObject({
      fea: 'o:invoices',
      o: { rol: 'accountant', per: 'pay,read', fpm: '3' },
      org_id: made.id,
      org_role: 'org:accountant',
      org_slug: made.slug,
    })
    const has = (permission: string) => auth !== null && 'has' in auth && auth.has({ permission })
    expect([has('org:invoices:pay'), has('org:invoices:burn')]).toEqual([true, false])
  })

  test('a session starts in the organization joined last, or in the one asked for, or in none', async () => {
    const { id: user_id } = await clerk.somebody()
    const first = await clerk.client.organizations.createOrganization({ name: 'First joined', createdBy: user_id })
    const last = await clerk.client.organizations.createOrganization({ name: 'Last joined', createdBy: user_id })
    const open = async (more: object) => {
      const params = { userId: user_id, ...more }
      return (await clerk.client.sessions.createSession(params)).lastActiveOrganizationId
    }
    expect(await open({})).toBe(last.id)
    expect(await open({ activeOrganizationId: first.id })).toBe(first.id)
    expect(await open({ activeOrganizationId: '' })).toBeNull()
    const strangers = await clerk.client.organizations.createOrganization({ name: 'Strangers' })
    expect((await refusalOf(open({ activeOrganizationId: strangers.id }))).status).toBe(404)
  })

  test('who leaves an organization has no token of it any more', async () => {
    const { id: userId } = await clerk.somebody()
    const { id: organizationId } = await clerk.client.organizations.createOrganization({
      name: 'Left',
      createdBy: userId,
    })
    const session = await clerk.client.sessions.createSession({ userId })
    expect(decodeJwt((await clerk.client.sessions.getToken(session.id)).jwt)).toMatchObject({
      o: { id: organizationId },
    })
    await clerk.client.organizations.deleteOrganizationMembership({ organizationId, userId })
    expect(decodeJwt((await clerk.client.sessions.getToken(session.id)).jwt)).not.toHaveProperty('o')
  })

  test('a verified second factor shows in `fva`', async () => {
    const { id: userId } = await clerk.somebody()
    const session = await clerk.client.sessions.createSession({ userId })
    await clerk.instance.verifyFactor(session.id, 'second')
    expect(decodeJwt((await clerk.client.sessions.getToken(session.id)).jwt)['fva']).toEqual([0, 0])
  })

  test('a token lives as long as the request asks', async () => {
    const { id: userId } = await clerk.somebody()
    const session = await clerk.client.sessions.createSession({ userId })
    const { exp = 0, iat = 0 } = decodeJwt((await clerk.client.sessions.getToken(session.id, '', 3600)).jwt)
    expect(exp - iat).toBe(3600)
    const refusal = await refusalOf(clerk.client.sessions.getToken(session.id, '', 0))
    expect(refusal.errors[0]?.code).toBe('form_param_value_invalid')
  })

  test('a rotated key signs at once, and the one before verifies until it is retired', async () => {
    const { id: userId } = await clerk.somebody()
    const session = await clerk.client.sessions.createSession({ userId })
    const before = (await clerk.client.sessions.getToken(session.id)).jwt
    const kid = await clerk.instance.rotateSigningKey()
    const after = (await clerk.client.sessions.getToken(session.id)).jwt
    expect(decodeProtectedHeader(after).kid).toBe(kid)
    const options = { secretKey: clerk.instance.secretKey, apiUrl: clerk.instance.backendApiUrl, skipJwksCache: true }
    for (const token of [before, after])
      await expect(verifyToken(token, options)).resolves.toMatchObject({ sub: userId })
    await clerk.instance.retireSigningKeys()
    await expect(verifyToken(after, options)).resolves.toMatchObject({ sub: userId })
    const published = createRemoteJWKSet(new URL(clerk.instance.jwksUrl))
    await expect(jwtVerify(after, published)).resolves.toBeDefined()
    await expect(jwtVerify(before, published)).rejects.toThrow(/no applicable key/)
  })
})
