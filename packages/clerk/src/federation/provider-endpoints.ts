// Where a provider is asked: what is configured, and for the rest its discovery document (OpenID Connect Discovery 1.0).

import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose'

import { isJsonObject, type JsonObject } from '../tokens/json.ts'
import type { OidcProviderSettings } from './provider-settings.ts'

export interface ProviderEndpoints {
  /** The `iss` of its tokens; null for a provider that signs none. */
  readonly issuer: string | null
  readonly authorization: string
  readonly token: string
  readonly userinfo: string | null
  readonly keys: JWTVerifyGetKey | null
}

/** How long one call to a provider may take, and how long its discovery document is believed. Milliseconds. */
export const providerPatience = 10_000
const documentLifetime = 3_600_000

const documents = new Map<string, { readonly readAt: number; readonly document: Promise<JsonObject> }>()
const keySets = new Map<string, JWTVerifyGetKey>()

/** The endpoints. Throws where the provider cannot be reached or says of itself that it is another. */
export async function providerEndpoints(settings: OidcProviderSettings): Promise<ProviderEndpoints> {
  const document = await discover(settings)
  const text = (name: string): string | null => {
    const value = document?.[name]
    return typeof value === 'string' ? value : null
  }
  const issuer = settings.issuer ?? text('issuer')
  if (document !== null && text('issuer') !== issuer) throw new Error('the discovery document is of another issuer')
  const authorization = settings.authorizationEndpoint ?? text('authorization_endpoint')
  const token = settings.tokenEndpoint ?? text('token_endpoint')
  if (authorization === null || token === null) throw new Error('the discovery document lacks endpoints')
  const jwksUri = settings.jwksUri ?? text('jwks_uri')
  return {
    issuer,
    authorization,
    token,
    userinfo: settings.userinfoEndpoint ?? text('userinfo_endpoint'),
    keys: jwksUri === null ? null : keysAt(jwksUri),
  }
}

async function discover(settings: OidcProviderSettings): Promise<JsonObject | null> {
  const { issuer, discoveryUrl, authorizationEndpoint, tokenEndpoint } = settings
  const complete = authorizationEndpoint !== undefined && tokenEndpoint !== undefined
  if (complete && discoveryUrl === undefined) return null
  const url = discoveryUrl ?? `${(issuer ?? '').replace(/\/$/, '')}/.well-known/openid-configuration`
  const known = documents.get(url)
  if (known !== undefined && Date.now() - known.readAt < documentLifetime) return await known.document
  const document = readDocument(url)
  documents.set(url, { readAt: Date.now(), document })
  document.catch(() => documents.delete(url))
  return await document
}

async function readDocument(url: string): Promise<JsonObject> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(providerPatience) })
  const document: unknown = answer.ok ? await answer.json() : null
  if (!isJsonObject(document)) throw new Error(`no discovery document at ${url}`)
  return document
}

function keysAt(jwksUri: string): JWTVerifyGetKey {
  const known = keySets.get(jwksUri)
  if (known !== undefined) return known
  const keys = createRemoteJWKSet(new URL(jwksUri), { timeoutDuration: providerPatience })
  keySets.set(jwksUri, keys)
  return keys
}
