// One public key (or the project's own secret) as the verifier uses it. Which algorithms it may verify follows
// from what the key is, never from what a token says; a JWK's own `alg` only narrows that (RFC 7517 §4.4).

import { importJWK, type CryptoKey, type JWK } from 'jose'

export type SigningKey = CryptoKey | Uint8Array

/** A key with the algorithms it may verify. */
export interface VerificationKey {
  readonly kind: 'verification-key'
  readonly keyId: string | null
  readonly algorithms: readonly string[]
  /** Imported for one of `algorithms`, once. */
  importFor(algorithm: string): Promise<SigningKey>
}

const rsaAlgorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
const hmacAlgorithms = ['HS256', 'HS384', 'HS512']
const curveAlgorithms: Readonly<Record<string, readonly string[]>> = {
  'P-256': ['ES256'],
  'P-384': ['ES384'],
  'P-521': ['ES512'],
  Ed25519: ['EdDSA', 'Ed25519'],
}

/** Every algorithm some key could verify; the rest is refused before any key is looked at. */
export const supportedAlgorithms: ReadonlySet<string> = new Set([
  ...rsaAlgorithms,
  ...hmacAlgorithms,
  ...Object.values(curveAlgorithms).flat(),
])

/** True for algorithms that verify with a shared secret. */
export function isHmac(algorithm: string): boolean {
  return algorithm.startsWith('HS')
}

/**
 * Takes a JWK somebody publishes. Null for what cannot verify a token here: symmetric keys (a published secret is
 * none), encryption keys, unknown curves, RSA under 2048 bits (RFC 7518 §3.3). Private members are dropped.
 */
export function publicKeyFrom(jwk: Readonly<Record<string, unknown>>): VerificationKey | null {
  if (!mayVerify(jwk)) return null
  const publicJwk = publicHalf(jwk)
  const derived = publicJwk === null ? [] : algorithmsOf(publicJwk)
  const algorithms =
    typeof jwk['alg'] === 'string' ? derived.filter((name) => sameAlgorithm(name, jwk['alg'])) : derived
  if (publicJwk === null || algorithms.length === 0) return null
  const keyId = typeof jwk['kid'] === 'string' ? jwk['kid'] : null
  return verificationKey(keyId, algorithms, (algorithm) => importJWK(publicJwk, algorithm))
}

/** Takes a shared secret, for HMAC only. */
export function secretKeyFrom(secret: Uint8Array, keyId: string | null, algorithms = hmacAlgorithms): VerificationKey {
  return verificationKey(keyId, algorithms, () => Promise.resolve(secret))
}

/** The members of a JWK that may be shown to anyone; null where there are none, as in a shared secret. */
export function publicHalf(jwk: Readonly<Record<string, unknown>>): JWK | null {
  switch (jwk['kty']) {
    case 'RSA':
      return texts(jwk, ['kty', 'n', 'e'])
    case 'EC':
      return texts(jwk, ['kty', 'crv', 'x', 'y'])
    case 'OKP':
      return texts(jwk, ['kty', 'crv', 'x'])
    default:
      return null
  }
}

function texts(jwk: Readonly<Record<string, unknown>>, members: readonly string[]): JWK | null {
  if (!members.every((member) => typeof jwk[member] === 'string')) return null
  return Object.fromEntries(members.map((member) => [member, jwk[member]]))
}

function mayVerify(jwk: Readonly<Record<string, unknown>>): boolean {
  if (jwk['use'] !== undefined && jwk['use'] !== 'sig') return false
  const operations = jwk['key_ops']
  return !Array.isArray(operations) || operations.includes('verify') || operations.includes('sign')
}

function algorithmsOf(jwk: JWK): readonly string[] {
  if (jwk.kty === 'RSA') return rsaBits(jwk) >= 2048 ? rsaAlgorithms : []
  return curveAlgorithms[jwk.crv ?? ''] ?? []
}

function rsaBits(jwk: JWK): number {
  const modulus = Buffer.from(jwk.n ?? '', 'base64url')
  const start = modulus.findIndex((byte) => byte !== 0)
  return start < 0 ? 0 : (modulus.length - start) * 8 - Math.clz32(modulus[start] ?? 0) + 24
}

/** `Ed25519` is the newer name of the one `EdDSA` that is supported (RFC 9864); a key under either name serves both. */
function sameAlgorithm(name: string, declared: unknown): boolean {
  return name === declared || (isEdwards(name) && isEdwards(declared))
}

function isEdwards(algorithm: unknown): boolean {
  return algorithm === 'EdDSA' || algorithm === 'Ed25519'
}

function verificationKey(
  keyId: string | null,
  algorithms: readonly string[],
  load: (algorithm: string) => Promise<SigningKey>,
): VerificationKey {
  const imported = new Map<string, Promise<SigningKey>>()
  return Object.freeze({
    kind: 'verification-key',
    keyId,
    algorithms,
    importFor(algorithm: string): Promise<SigningKey> {
      const key = imported.get(algorithm) ?? load(algorithm)
      imported.set(algorithm, key)
      return key
    },
  })
}
