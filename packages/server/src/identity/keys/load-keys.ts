// From an issuer's KeyOrigin to the JWKs it publishes now: OpenID discovery, then the key set it points to
// (OpenID Connect Discovery 1.0 §4). Deciding when to ask is issuer-keys.ts.

import { normaliseIssuer, type KeyOrigin } from '../issuers/issuer.ts'
import { FetchFailure, fetchJson, type Fetch } from './fetch-json.ts'
import { isLoopbackUrl } from './loopback.ts'
import { publicKeyFrom, type VerificationKey } from './verification-key.ts'

/** A published set: the usable keys, the JWKs they came from, and the address they lie at. */
export interface LoadedKeys {
  readonly url: string
  readonly jwks: readonly object[]
  readonly keys: readonly VerificationKey[]
}

const maximumKeys = 100

/** Fetches an origin's keys. Throws FetchFailure, also where the set holds no key that could verify a token. */
export async function loadKeys(origin: KeyOrigin, fetch: Fetch): Promise<LoadedKeys> {
  if (origin.kind === 'inline') return usableKeys('inline', origin.jwks)
  const url = origin.kind === 'jwks-url' ? origin.url : await discoverJwksUrl(origin, fetch)
  return usableKeys(url, await fetchJson(url, fetch))
}

/** Keeps of a JWKS what can verify tokens. Throws FetchFailure where that is nothing. */
export function usableKeys(url: string, jwks: { readonly keys?: unknown }): LoadedKeys {
  const entries: unknown[] = Array.isArray(jwks.keys) ? jwks.keys.slice(0, maximumKeys) : []
  const published = entries.filter((entry) => typeof entry === 'object' && entry !== null)
  const pairs = published.map((jwk) => [jwk, publicKeyFrom(jwk as Record<string, unknown>)] as const)
  const usable = pairs.filter((pair): pair is readonly [object, VerificationKey] => pair[1] !== null)
  if (usable.length === 0) throw new FetchFailure(url, 'no key in the set can verify a token', 200)
  return { url, jwks: usable.map(([jwk]) => jwk), keys: usable.map(([, key]) => key) }
}

type DiscoveryOrigin = Extract<KeyOrigin, { readonly kind: 'discovery' }>

async function discoverJwksUrl(origin: DiscoveryOrigin, fetch: Fetch): Promise<string> {
  const url = `${origin.url}/.well-known/openid-configuration`
  const document = await fetchJson(url, fetch).catch((failure: unknown) => {
    if (origin.jwksFallback !== null && failure instanceof FetchFailure && failure.status === 404) return null
    throw failure
  })
  if (document === null) return origin.jwksFallback ?? url
  const { issuer, jwks_uri: jwksUrl } = document
  if (typeof issuer !== 'string' || normaliseIssuer(issuer) !== origin.url) {
    throw new FetchFailure(url, `the document's issuer is ${JSON.stringify(issuer)}, not ${origin.url}`, 200)
  }
  if (typeof jwksUrl !== 'string') throw new FetchFailure(url, 'the document has no jwks_uri', 200)
  // A stranger's document must not make this machine ask its own services.
  if (leadsInside(url, jwksUrl)) throw new FetchFailure(url, 'its jwks_uri is an address of this machine', 200)
  return jwksUrl
}

function leadsInside(from: string, to: string): boolean {
  const [origin, target] = [URL.parse(from), URL.parse(to)]
  return target !== null && isLoopbackUrl(target) && !(origin !== null && isLoopbackUrl(origin))
}
