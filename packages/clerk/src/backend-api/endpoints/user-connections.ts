// What a user signs in with beside her record: passkeys, accounts with other providers and the tokens of those.

import { disconnectAccount } from '../../directory/people/connected-accounts.ts'
import { removePasskey } from '../../directory/sessions/passkeys.ts'
import { pageOf } from '../../parameters/query.ts'
import { deletion, maybePaginated } from '../../resources/listing.ts'
import { requireFreshTokens } from '../../federation/fresh-tokens.ts'
import type { ExternalAccount, ProviderTokens } from '../../state/people/external-accounts.ts'
import { requireUser } from '../../state/people/users.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const userConnectionEndpoints: readonly Endpoint[] = [
  { method: 'DELETE', path: '/users/:user_id/passkeys/:id', answer: deletePasskey },
  { method: 'DELETE', path: '/users/:user_id/external_accounts/:id', answer: deleteExternalAccount },
  { method: 'GET', path: '/users/:user_id/oauth_access_tokens/:provider', answer: providerTokens },
]

async function deletePasskey(request: BackendRequest): Promise<object> {
  const { instance, store } = request
  const [userId, id] = [pathValue(request, 'user_id'), pathValue(request, 'id')]
  await requireUser(store, userId)
  await removePasskey(instance, store, userId, id)
  return deletion('passkey', id)
}

async function deleteExternalAccount(request: BackendRequest): Promise<object> {
  const [userId, id] = [pathValue(request, 'user_id'), pathValue(request, 'id')]
  await requireUser(request.store, userId)
  await disconnectAccount(request.store, userId, id)
  return deletion('external_account', id)
}

/** The SDK names a provider with `oauth_` before it, older callers without. */
async function providerTokens(request: BackendRequest): Promise<object> {
  const { instance, store, query } = request
  const { externalAccounts, id } = await requireUser(store, pathValue(request, 'user_id'))
  const strategy = `oauth_${pathValue(request, 'provider').replace(/^oauth_/, '')}`
  const tokens = (await requireFreshTokens(instance, id, strategy)).flatMap((found) => {
    const account = externalAccounts.find((candidate) => candidate.id === found.accountId)
    return account === undefined ? [] : [{ account, found }]
  })
  const { limit, offset } = pageOf(query)
  const list = { items: tokens.slice(offset, offset + limit), total: tokens.length }
  return maybePaginated(query, list, ({ account, found }) => providerTokenResource(account, found))
}

function providerTokenResource(account: ExternalAccount, tokens: ProviderTokens): object {
  return {
    object: 'oauth_access_token',
    external_account_id: account.id,
    provider_user_id: account.providerUserId,
    token: tokens.accessToken,
    expires_at: tokens.accessTokenExpiresAt,
    provider: account.strategy,
    public_metadata: account.publicMetadata,
    label: account.label,
    scopes: account.approvedScopes.split(' ').filter((scope) => scope !== ''),
    ...(tokens.idToken === null ? {} : { id_token: tokens.idToken }),
  }
}
