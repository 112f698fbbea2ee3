// The token endpoint of a stand-in: a code or a refresh token for tokens, under the rules a real provider has.

import { timingSafeEqual } from 'node:crypto'

import { type Body, optionalText } from '../../parameters/body.ts'
import { insertFakeGrant, takeFakeGrant } from '../../state/oauth/fake-grants.ts'
import type { Instance } from '../../state/instance/instance.ts'
import type { JsonObject } from '../../tokens/json.ts'
import { challengeOf } from '../authorization-url.ts'
import { fakeClientId, fakeClientSecret, fakeIssuer, fakeKeySeed } from './fake-credentials.ts'
import { signFakeIdToken } from './fake-keys.ts'

/** What a person granted at a stand-in's page. `claims` are what it says of her. */
export interface FakeConsent {
  readonly provider: string
  readonly claims: JsonObject
  readonly scope: string
  readonly redirectUri: string
  readonly challenge: string
  readonly nonce: string | null
}

const minute = 60_000
const hour = 3_600_000
const year = 31_536_000_000

/** Keeps a consent and hands back the code for it. */
export async function insertFakeCode(instance: Instance, consent: FakeConsent): Promise<string> {
  return await insertFakeGrant(instance.store, 'code', { ...consent }, minute)
}

/** Answers a token request: tokens, or the error of RFC 6749 §5.2. */
export async function fakeExchange(instance: Instance, provider: string, form: Body): Promise<JsonObject> {
  const secret = fakeClientSecret(instance.configured.secretKey, provider)
  if (form['client_id'] !== fakeClientId || !sameText(textOf(form, 'client_secret'), secret)) {
    return { error: 'invalid_client' }
  }
  const consent = await takeConsent(instance, form)
  if (consent === null || consent.provider !== provider) return { error: 'invalid_grant' }
  const detail: JsonObject = { ...consent }
  return {
    access_token: await insertFakeGrant(instance.store, 'access', detail, hour),
    refresh_token: await insertFakeGrant(instance.store, 'refresh', detail, year),
    token_type: 'Bearer',
    expires_in: hour / 1000,
    scope: consent.scope,
    ...(consent.scope.split(' ').includes('openid') && { id_token: await idToken(instance, consent) }),
  }
}

async function takeConsent(instance: Instance, form: Body): Promise<FakeConsent | null> {
  if (form['grant_type'] === 'refresh_token') {
    const kept = await takeFakeGrant(instance.store, 'refresh', textOf(form, 'refresh_token'))
    return kept as FakeConsent | null
  }
  if (form['grant_type'] !== 'authorization_code') return null
  const consent = (await takeFakeGrant(instance.store, 'code', textOf(form, 'code'))) as FakeConsent | null
  if (consent === null || consent.redirectUri !== form['redirect_uri']) return null
  return consent.challenge === challengeOf(textOf(form, 'code_verifier')) ? consent : null
}

async function idToken(instance: Instance, { provider, claims, nonce }: FakeConsent): Promise<string> {
  const iat = Math.floor(instance.store.now() / 1000)
  return await signFakeIdToken(fakeKeySeed(instance.configured.secretKey, provider), {
    ...claims,
    iss: fakeIssuer(instance, provider),
    aud: fakeClientId,
    iat,
    exp: iat + 600,
    ...(nonce !== null && { nonce }),
  })
}

function textOf(form: Body, param: string): string {
  return optionalText(form, param) ?? ''
}

function sameText(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
