// The tokens of other providers, for the servers that ask for them: one that has run out is renewed on the way.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { changeExternalAccount, type ProviderTokens, readProviderTokens } from '../state/people/external-accounts.ts'
import type { Instance } from '../state/instance/instance.ts'
import { tokenColumns } from './finish-flow.ts'
import { type Provider, requireProvider } from './provider.ts'
import { providerEndpoints } from './provider-endpoints.ts'
import { requestTokens } from './request-tokens.ts'
import { reasonOf } from './start-flow.ts'

/**
 * The tokens of a user's accounts with a provider. Refuses one that has run out and cannot be renewed: the account has
 * to be connected again.
 */
export async function requireFreshTokens(
  instance: Instance,
  userId: string,
  strategy: string,
): Promise<readonly ProviderTokens[]> {
  const { store } = instance
  const kept = await readProviderTokens(store, userId, strategy)
  const isOver = ({ accessTokenExpiresAt }: ProviderTokens): boolean =>
    accessTokenExpiresAt !== null && accessTokenExpiresAt <= store.now()
  if (!kept.some(isOver)) return kept
  const provider = await requireProvider(instance, strategy)
  for (const tokens of kept.filter(isOver)) await renew(instance, provider, tokens)
  return await readProviderTokens(store, userId, strategy)
}

/** Renewals under way, by account: a refresh token may work once, so those who ask at the same time share one. */
const underWay = new Map<string, Promise<void>>()

async function renew(instance: Instance, provider: Provider, tokens: ProviderTokens): Promise<void> {
  const { accountId } = tokens
  const shared = underWay.get(accountId) ?? renewAlone(instance, provider, tokens)
  underWay.set(accountId, shared)
  try {
    await shared
  } finally {
    underWay.delete(accountId)
  }
}

async function renewAlone(instance: Instance, provider: Provider, tokens: ProviderTokens): Promise<void> {
  const { refreshToken, accountId } = tokens
  if (refreshToken === null) throw new ClerkRefusal('external_account_missing_refresh_token', {})
  try {
    const { token: endpoint } = await providerEndpoints(provider.settings)
    const grant = { grant_type: 'refresh_token', refresh_token: refreshToken }
    const given = await requestTokens(endpoint, provider.settings, grant)
    const columns = tokenColumns(provider, given, instance.store.now())
    await changeExternalAccount(instance.store, accountId, { ...columns, approved_scopes: given.scope ?? undefined })
  } catch (error) {
    const reason = reasonOf(error)
    throw new ClerkRefusal('oauth_token_exchange_error', { provider: provider.name, reason }, { cause: error })
  }
}
