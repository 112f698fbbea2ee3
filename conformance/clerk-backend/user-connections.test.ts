// Passkeys and accounts with other providers, as the unmodified @clerk/backend reads and removes them.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { codeOf, startTestClerk, type TestClerk } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})
afterAll(async () => {
  await clerk.stop()
})

let accounts = 0

/** Gives a user a proven account with a provider, without the way there. */
async function connect(userId: string, strategy: string, providerUserId: string): Promise<string> {
  const id = `eac_${(accounts += 1)}`
  await clerk.database.query(
    `insert into clerk.external_accounts (instance_id, id, identification_id, user_id, strategy, provider_user_id,
       approved_scopes, access_token, verification_status, created_at, updated_at)
     values ('${clerk.instance.id}', '${id}', 'idn_${id}', '${userId}', '${strategy}', '${providerUserId}',
       'openid email', 'token-${id}', 'verified', 1, 1)`,
    'supabase_admin',
  )
  return id
}

test('the token of a provider is handed on, with or without its prefix', async () => {
  const { users } = clerk.client
  const { id: userId } = await clerk.somebody()
  const account = await connect(userId, 'oauth_google', 'google-1')
  const expected = {
    externalAccountId: account,
    provider: 'oauth_google',
    token: `token-${account}`,
    scopes: ['openid', 'email'],
  }
  const { data, totalCount } = await users.getUserOauthAccessToken(userId, 'google')
  expect([data, totalCount]).toMatchObject([[expected], 1])
  expect((await users.getUserOauthAccessToken(userId, 'github')).data).toEqual([])
  const bare = await clerk.send('GET', `/users/${userId}/oauth_access_tokens/google`)
  expect(await bare.json()).toMatchObject([{ object: 'oauth_access_token', token: `token-${account}` }])
  expect(await codeOf(users.getUserOauthAccessToken('user_unknown', 'google'))).toEqual([404, 'resource_not_found'])
})

test('users are found by their accounts, and nobody by an account that nobody has', async () => {
  const [one, two] = [await clerk.somebody(), await clerk.somebody()]
  await connect(one.id, 'oauth_github', 'hub-1')
  await connect(two.id, 'oauth_github', 'hub-2')
  await connect(two.id, 'oauth_google', 'hub-1')
  const found = async (query: string) => {
    const list = (await (await clerk.send('GET', `/users?${query}`)).json()) as { id: string }[]
    const count = (await (await clerk.send('GET', `/users/count?${query}`)).json()) as { total_count: number }
    expect(count.total_count).toBe(list.length)
    return list.map(({ id }) => id)
  }
  expect(await found('provider=oauth_github&provider_user_id=hub-1')).toEqual([one.id])
  expect(await found('provider=github&provider_user_id=hub-1&provider_user_id=hub-2')).toEqual([two.id, one.id])
  expect(await found('provider_user_id=hub-1')).toEqual([two.id, one.id])
  expect(await found('provider=oauth_github')).toEqual([two.id, one.id])
  expect(await found('provider=oauth_google&provider_user_id=hub-2')).toEqual([])
  expect(await found('provider=oauth_gitlab')).toEqual([])
})

test('an account and a passkey are removed from their own user alone', async () => {
  const { users } = clerk.client
  const [owner, other] = [await clerk.somebody(), await clerk.somebody()]
  const externalAccountId = await connect(owner.id, 'oauth_gitlab', 'lab-1')
  await clerk.database.query(
    `insert into clerk.passkeys (instance_id, id, user_id, name, credential_id, created_at, updated_at)
     values ('${clerk.instance.id}', 'psk_1', '${owner.id}', 'Laptop', 'credential', 1, 1)`,
    'supabase_admin',
  )
  const passkeyIdentificationId = 'psk_1'
  for (const userId of [other.id, 'user_unknown']) {
    const account = users.deleteUserExternalAccount({ userId, externalAccountId })
    expect(await codeOf(account)).toEqual([404, 'resource_not_found'])
    expect(await codeOf(users.deleteUserPasskey({ userId, passkeyIdentificationId }))).toEqual([
      404,
      'resource_not_found',
    ])
  }
  await users.deleteUserExternalAccount({ userId: owner.id, externalAccountId })
  await users.deleteUserPasskey({ userId: owner.id, passkeyIdentificationId })
  expect(await users.getUser(owner.id)).toMatchObject({ externalAccounts: [] })
  expect((await clerk.events()).filter(({ type }) => type === 'user.updated')).toHaveLength(2)
  const [row] = await clerk.database.query('select count(*)::int as count from clerk.passkeys', 'supabase_admin')
  expect(row?.['count']).toBe(0)
})
