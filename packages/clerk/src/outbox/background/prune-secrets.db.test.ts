import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Browser, type SignedInProvider, startSignedIn } from '../../frontend-api/signed-in.test-support.ts'
import { type ClerkDatabase, openDatabase } from '../../state/database/database.ts'
import { insertFakeGrant } from '../../state/oauth/fake-grants.ts'
import { insertOAuthApplication } from '../../state/oauth/oauth-applications.ts'
import { insertOAuthCode } from '../../state/oauth/oauth-codes.ts'
import { insertOAuthFlow } from '../../state/oauth/oauth-flows.ts'
import { findOAuthToken, insertOAuthToken, revokeOAuthGrant, revokeOAuthToken } from '../../state/oauth/oauth-tokens.ts'
import { insertExternalAccount } from '../../state/people/external-accounts.ts'
import { insertActorToken } from '../../state/sessions/actor-tokens.ts'
import { insertHandshake } from '../../state/sessions/handshakes.ts'
import { requireSession } from '../../state/sessions/sessions.ts'
import { insertSignInToken } from '../../state/sessions/sign-in-tokens.ts'
import { prune } from './prune.ts'

const minute = 60_000
const day = 1440 * minute

let provider: SignedInProvider
let own: ClerkDatabase
let ada: Browser
let applicationId: string

beforeAll(async () => {
  provider = await startSignedIn()
  own = openDatabase(provider.database.url('tenon_clerk'), () => undefined)
  ada = await provider.signedIn({ email_address: ['ada@example.com'] })
  const asked = { name: 'Reports', scopes: 'profile', redirect_uris: ['https://app.example.com/'] }
  applicationId = (await insertOAuthApplication(provider.store, asked)).application.id
})

afterAll(async () => {
  await own.close()
  await provider.stop()
})

const rowsOf = async (table: string): Promise<number> => (await own.query(`select 1 from clerk.${table}`)).length

/** Lets an hour pass. Nothing goes before it, nor after it for another instance. */
async function pruneTooEarly(): Promise<void> {
  const { store } = provider
  await prune(own, [store.instanceId], store.now())
  provider.pass(61)
  await prune(own, ['ins_another'], store.now())
}

const pruneNow = (): Promise<void> => prune(own, [provider.store.instanceId], provider.store.now())

const grant = () => ({ applicationId, userId: ada.userId, scopes: 'profile', authTime: provider.store.now() })

async function insertCode(lifetime: number): Promise<void> {
  const expiresAt = provider.store.now() + lifetime
  await insertOAuthCode(provider.store, { ...grant(), redirectUri: null, codeChallenge: null, nonce: null, expiresAt })
}

async function insertActor(lifetime: number): Promise<void> {
  const { userId } = ada
  await insertActorToken(provider.store, { userId, actor: { sub: userId }, lifetime, sessionLifetime: day })
}

test.each<[table: string, insert: (lifetime: number) => Promise<unknown>]>([
  ['oauth_codes', insertCode],
  ['actor_tokens', insertActor],
  [
    'sign_in_tokens',
    (lifetime) =>
      insertSignInToken(provider.store, { userId: ada.userId, organizationId: null, lifetimeSeconds: lifetime / 1000 }),
  ],
  ['fake_grants', (lifetime) => insertFakeGrant(provider.store, 'refresh', {}, lifetime)],
])('of %s those that ran out go, and no others', async (table, insert) => {
  await insert(minute)
  await insert(day)
  await pruneTooEarly()
  expect(await rowsOf(table)).toBe(2)
  await pruneNow()
  expect(await rowsOf(table)).toBe(1)
})

test('ways to other providers and handshakes that were not gone to their end go', async () => {
  const { store } = provider
  const { clientId } = await requireSession(store, ada.sessionId)
  const address = 'https://app.example.com/'
  const way = { strategy: 'oauth_google', purpose: 'connect', subjectId: 'eac_1', completeUrl: null } as const
  await insertOAuthFlow(store, {
    ...way,
    clientId,
    redirectUrl: address,
    callbackUrl: address,
    codeVerifier: 'v',
    nonce: 'n',
  })
  await insertHandshake(store, [])
  await pruneTooEarly()
  expect([await rowsOf('oauth_flows'), await rowsOf('handshakes')]).toEqual([1, 1])
  await pruneNow()
  expect([await rowsOf('oauth_flows'), await rowsOf('handshakes')]).toEqual([0, 0])
})

test('refresh tokens stay as long as their grant goes on, and one that is used up tells of its second use', async () => {
  const { store } = provider
  const insert = (grantId: string, kind: 'access' | 'refresh', expiresAt: number | null) =>
    insertOAuthToken(store, { ...grant(), grantId, kind, expiresAt })
  const tokens = {
    overAccess: await insert('going-on', 'access', store.now() + minute),
    access: await insert('going-on', 'access', store.now() + day),
    used: await insert('going-on', 'refresh', null),
    usable: await insert('going-on', 'refresh', null),
    ended: await insert('ended', 'refresh', null),
  }
  await revokeOAuthToken(store, (await findOAuthToken(store, tokens.used))?.id ?? '')
  await revokeOAuthGrant(store, 'ended')
  await pruneTooEarly()
  expect(await rowsOf('oauth_tokens')).toBe(5)
  await pruneNow()
  expect(await rowsOf('oauth_tokens')).toBe(3)
  for (const kept of [tokens.access, tokens.used, tokens.usable])
    expect(await findOAuthToken(store, kept)).not.toBeNull()
})

test('accounts elsewhere that were begun and not proven go', async () => {
  const { store } = provider
  const { userId: user_id } = ada
  const verified = { verification_status: 'verified' } as const
  await insertExternalAccount(store, 'oauth_google', { user_id })
  await insertExternalAccount(store, 'oauth_google', { ...verified, provider_user_id: 'brought' })
  const proven = await insertExternalAccount(store, 'oauth_google', { ...verified, user_id, provider_user_id: 'hers' })
  await pruneTooEarly()
  expect(await rowsOf('external_accounts')).toBe(3)
  await pruneNow()
  expect(await own.query('select id from clerk.external_accounts')).toEqual([{ id: proven }])
})
