// The way back from a provider: the flow it belongs to, and the proven account it brings.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { Instance } from '../state/instance/instance.ts'
import { type OAuthFlow, takeOAuthFlow } from '../state/oauth/oauth-flows.ts'
import type { ExternalAccountColumns } from '../state/people/external-accounts.ts'
import { defaultScopes } from './authorization-url.ts'
import type { ExternalProfile } from './external-profile.ts'
import { type Provider, requireProvider } from './provider.ts'
import { providerEndpoints, type ProviderEndpoints } from './provider-endpoints.ts'
import { readProfile, requireIdTokenClaims } from './read-profile.ts'
import { type GivenTokens, requestTokens } from './request-tokens.ts'
import { reasonOf } from './start-flow.ts'

/** The parameters of an authorization response (RFC 6749 §4.1.2; `iss` of RFC 9207). */
export interface AuthorizationResponse {
  readonly state: string | null
  readonly code: string | null
  readonly error: string | null
  readonly issuer: string | null
}

/** The flow that a response belongs to, used up by this. Refuses one that is unknown, used or too old. */
export async function requireFlow(instance: Instance, { state }: AuthorizationResponse): Promise<OAuthFlow> {
  const flow = state === null ? null : await takeOAuthFlow(instance.store, state)
  if (flow === null) throw new ClerkRefusal('oauth_state_unknown', {})
  return flow
}

/** Columns of the account that somebody proved to have. Refuses what the provider refused, and every answer that does not hold. */
export async function requireProvenAccount(
  instance: Instance,
  flow: OAuthFlow,
  response: AuthorizationResponse,
): Promise<ExternalAccountColumns> {
  const provider = await requireProvider(instance, flow.strategy)
  if (response.error === 'access_denied') throw new ClerkRefusal('oauth_access_denied', { provider: provider.name })
  const endpoints = await saying(provider, 'oauth_token_exchange_error', () => providerEndpoints(provider.settings))
  const { tokens, idClaims } = await saying(provider, 'oauth_token_exchange_error', async () => {
    const given = await exchange(provider, endpoints, flow, response)
    const checks = { clientId: provider.settings.clientId, nonce: flow.nonce, now: instance.store.now() }
    const claims = given.idToken === null ? null : await requireIdTokenClaims(given.idToken, endpoints, checks)
    return { tokens: given, idClaims: claims }
  })
  const profile = await saying(provider, 'oauth_fetch_user_error', () =>
    readProfile(provider.settings, endpoints, tokens, idClaims),
  )
  return { ...profileColumns(profile), ...tokenColumns(provider, tokens, instance.store.now()) }
}

async function exchange(
  { settings }: Provider,
  endpoints: ProviderEndpoints,
  flow: OAuthFlow,
  { code, error, issuer }: AuthorizationResponse,
): Promise<GivenTokens> {
  if (error !== null) throw new Error(error)
  if (issuer !== null && endpoints.issuer !== null && issuer !== endpoints.issuer) {
    throw new Error('the answer is of another issuer')
  }
  if (code === null) throw new Error('the answer carries no code')
  const tokens = await requestTokens(endpoints.token, settings, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: flow.callbackUrl,
    code_verifier: flow.codeVerifier,
  })
  if (endpoints.userinfo === null && tokens.idToken === null) throw new Error('it gave no id_token')
  return tokens
}

/** Columns of the tokens, by the clock. */
export function tokenColumns({ settings }: Provider, tokens: GivenTokens, now: number): ExternalAccountColumns {
  return {
    access_token: tokens.accessToken,
    access_token_expires_at: tokens.expiresIn === null ? null : now + tokens.expiresIn * 1000,
    // Many providers give it only the first time, and leave it out later.
    refresh_token: tokens.refreshToken ?? undefined,
    id_token: tokens.idToken ?? undefined,
    approved_scopes: tokens.scope ?? (settings.scopes ?? defaultScopes).join(' '),
  }
}

function profileColumns(profile: ExternalProfile): ExternalAccountColumns {
  return {
    provider_user_id: profile.providerUserId,
    email_address: profile.emailAddress,
    email_verified: profile.emailVerified,
    first_name: profile.firstName,
    last_name: profile.lastName,
    username: profile.username,
    image_url: profile.imageUrl,
    verification_status: 'verified',
    verification_error: null,
    verification_url: null,
  }
}

async function saying<Result>(
  { name }: Provider,
  code: 'oauth_token_exchange_error' | 'oauth_fetch_user_error',
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw new ClerkRefusal(code, { provider: name, reason: reasonOf(error) }, { cause: error })
  }
}
