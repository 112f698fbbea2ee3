// Sign-in and testing tokens, and what the instance tells of itself, through the unmodified @clerk/backend.

import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { refusalOf, startTestClerk, type TestClerk } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})

afterAll(async () => {
  await clerk.stop()
})

describe('tickets and the instance', () => {
  test('a sign-in token carries a ticket once and is revoked once', async () => {
    const { id: userId } = await clerk.somebody()
    const made = await clerk.client.signInTokens.createSignInToken({ userId, expiresInSeconds: 60 })
    expect(made).toMatchObject({ userId, status: 'pending', id: expect.stringMatching(/^sit_/) as string })
    expect(decodeJwt(made.token)).toMatchObject({ sid: made.id, st: 'sign_in_token', iid: clerk.instance.id })
    await expect(clerk.client.signInTokens.revokeSignInToken(made.id)).resolves.toMatchObject({ status: 'revoked' })
    const again = await refusalOf(clerk.client.signInTokens.revokeSignInToken(made.id))
    expect([again.status, again.errors[0]?.code]).toEqual([400, 'sign_in_token_cannot_be_revoked_code'])
    expect(
      (await refusalOf(clerk.client.signInTokens.createSignInToken({ userId: 'user_x', expiresInSeconds: 60 }))).status,
    ).toBe(404)
  })

  test('a testing token is given for an hour', async () => {
    // The SDK has no class for this one resource and hands the JSON through.
    const made: object = await clerk.client.testingTokens.createTestingToken()
    const { token, expires_at } = made as { token: string; expires_at: number }
    expect(token).toMatch(/^\d+-/)
    expect(Math.abs(expires_at - Date.now() / 1000 - 3600)).toBeLessThan(60)
  })

  test('the instance tells and changes its settings', async () => {
    await clerk.client.instance.update({ allowedOrigins: ['capacitor://localhost'] })
    await expect(clerk.client.instance.get()).resolves.toMatchObject({
      id: clerk.instance.id,
      environmentType: 'development',
      allowedOrigins: ['capacitor://localhost'],
    })
    await expect(clerk.client.instance.updateRestrictions({ allowlist: true })).resolves.toMatchObject({
      allowlist: true,
    })
    await expect(clerk.client.instance.updateRestrictions({ allowlist: false })).resolves.toMatchObject({
      allowlist: false,
    })
    await expect(clerk.client.instance.getOrganizationSettings()).resolves.toMatchObject({
      enabled: true,
      creatorRole: 'org:admin',
    })
  })

  test('discovery is open to every origin and agrees with the keys', async () => {
    const configuration = await fetch(`${clerk.instance.frontendApiUrl}/.well-known/openid-configuration`)
    expect(configuration.headers.get('access-control-allow-origin')).toBe('*')
    expect(await configuration.json()).toMatchObject({ issuer: clerk.instance.issuer })
    const { keys } = (await (await fetch(clerk.instance.jwksUrl)).json()) as { keys: { kid: string; e: string }[] }
    expect(keys[0]).toMatchObject({ kty: 'RSA', use: 'sig', alg: 'RS256', e: 'AQAB' })
    expect((await clerk.client.jwks.getJwks()).keys?.map(({ kid }) => kid)).toEqual(keys.map(({ kid }) => kid))
  })
})
