// Who came back: the claims of a verified id_token (OpenID Connect Core §3.1.3.7), completed by the user info.

import { jwtVerify } from 'jose'

import { isJsonObject, type JsonObject } from '../tokens/json.ts'
import { type ExternalProfile, profileOf, withListedEmail } from './external-profile.ts'
import { type ProviderEndpoints, providerPatience } from './provider-endpoints.ts'
import type { OidcProviderSettings } from './provider-settings.ts'
import type { GivenTokens } from './request-tokens.ts'

/** Algorithms an id_token may be signed with: those with a public key that a key set can publish. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']

/** The claims of an id_token. Throws unless signature, issuer, audience, expiry and nonce are right. */
export async function requireIdTokenClaims(
  idToken: string,
  { issuer, keys }: ProviderEndpoints,
  { clientId, nonce, now }: { readonly clientId: string; readonly nonce: string; readonly now: number },
): Promise<JsonObject> {
  if (issuer === null || keys === null) throw new Error('its id_token cannot be verified without an issuer and keys')
  const { payload } = await jwtVerify(idToken, keys, {
    issuer,
    audience: clientId,
    algorithms,
    clockTolerance: 5,
    currentDate: new Date(now),
    requiredClaims: ['sub', 'iat', 'exp'],
  })
  if (payload['nonce'] !== nonce) throw new Error('its id_token was made for another request')
  if (Array.isArray(payload.aud) && payload.aud.length > 1 && payload['azp'] !== clientId) {
    throw new Error('its id_token was made for another client')
  }
  return payload as JsonObject
}

/** The profile from id_token claims, if there are any, and the user info. Throws where nobody is named, or two are. */
export async function readProfile(
  settings: OidcProviderSettings,
  endpoints: ProviderEndpoints,
  tokens: GivenTokens,
  idClaims: JsonObject | null,
): Promise<ExternalProfile> {
  const told = endpoints.userinfo === null ? null : await fetchWith(endpoints.userinfo, tokens.accessToken)
  const userinfo = isJsonObject(told) ? told : {}
  if (idClaims !== null && userinfo['sub'] !== undefined && userinfo['sub'] !== idClaims['sub']) {
    throw new Error('its user info is of somebody else')
  }
  const profile = profileOf({ ...userinfo, ...idClaims })
  if (profile === null) throw new Error('its answer names nobody')
  if (settings.emailsEndpoint === undefined) return profile
  return withListedEmail(profile, await fetchWith(settings.emailsEndpoint, tokens.accessToken))
}

async function fetchWith(url: string, accessToken: string): Promise<JsonObject[string]> {
  const answer = await fetch(url, {
    headers: { accept: 'application/json', authorization: `Bearer ${accessToken}` },
    signal: AbortSignal.timeout(providerPatience),
  })
  if (!answer.ok) throw new Error(`${new URL(url).pathname} answered ${answer.status}`)
  return (await answer.json()) as JsonObject[string]
}
