// The secret key says whose data is seen: none, one instance, or another beside it.

import { createClerkClient, verifyToken } from '@clerk/backend'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { RunningInstance } from '../../packages/clerk/src/index.ts'
import { refusalOf, startTestClerk, type TestClerk, testInstance } from './running-clerk.ts'

let clerk: TestClerk
let other: RunningInstance

beforeAll(async () => {
  clerk = await startTestClerk({
    instances: [
      testInstance,
      {
        name: 'other',
        domain: 'other.local.clerk.accounts.dev',
        secretKey: 'sk_test_other_instance',
        tokenVersion: 'v1',
        sessionClaims: { plan: "{{user.public_metadata.plan || 'free'}}" },
      },
    ],
  })
  other = clerk.running.instance('other')
})

afterAll(async () => {
  await clerk.stop()
})

const others = () =>
  createClerkClient({ secretKey: other.secretKey, apiUrl: other.backendApiUrl, telemetry: { disabled: true } })

describe('the secret key', () => {
  test('a key that is nobody’s is refused', async () => {
    const stranger = createClerkClient({ secretKey: 'sk_test_nobody', apiUrl: clerk.instance.backendApiUrl })
    const refusal = await refusalOf(stranger.users.getUserList())
    expect([refusal.status, refusal.errors[0]?.code]).toEqual([401, 'clerk_key_invalid'])
  })

  test.each<[what: string, headers: Record<string, string>]>([
    ['no header', {}],
    ['another scheme', { authorization: 'Basic abc' }],
    ['no key', { authorization: 'Bearer ' }],
  ])('%s is refused', async (_what, headers) => {
    const answer = await fetch(`${clerk.instance.backendApiUrl}/v1/users`, { headers })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/json'])
  })

  test('instances see only their own, under one address', async () => {
    const mine = await clerk.somebody()
    const theirs = await others().users.createUser({
      emailAddress: [mine.primaryEmailAddress?.emailAddress ?? ''],
    })
    expect((await refusalOf(others().users.getUser(mine.id))).status).toBe(404)
    expect((await refusalOf(others().users.deleteUser(mine.id))).status).toBe(404)
    const session = await others().sessions.createSession({ userId: theirs.id })
    expect((await refusalOf(clerk.client.sessions.getToken(session.id))).status).toBe(404)
    const { jwt } = await others().sessions.getToken(session.id)
    await expect(verifyToken(jwt, { jwtKey: await clerk.instance.jwtKey() })).rejects.toMatchObject({ name: 'Error' })
    expect(other.frontendApiUrl.endsWith('/instances/other')).toBe(true)
    expect((await fetch(other.jwksUrl)).status).toBe(200)
  })

  test('an instance of version 1 with a custom session token mints just that', async () => {
    const user = await others().users.createUser({ username: 'version_one', publicMetadata: { plan: 'pro' } })
    const made = await others().organizations.createOrganization({ name: 'One', createdBy: user.id })
    const session = await others().sessions.createSession({ userId: user.id })
    const { jwt } = await others().sessions.getToken(session.id)
    const claims = decodeJwt(jwt)
    expect(claims).toMatchObject({ plan: 'pro', org_id: made.id, org_role: 'org:admin', org_permissions: [] })
    for (const claim of ['v', 'o', 'sts', 'jti', 'role']) expect(claims).not.toHaveProperty(claim)
    await expect(verifyToken(jwt, { jwtKey: await other.jwtKey() })).resolves.toMatchObject({ sub: user.id })
  })
})
