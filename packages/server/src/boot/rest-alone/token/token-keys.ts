// `jwt-secret` of the stand-alone door: a plain text secret, one JWK, or a set of them.

import { publicKeyFrom, secretKeyFrom, type VerificationKey } from '../../../identity/keys/verification-key.ts'

type Jwk = Readonly<Record<string, unknown>>

/** The keys in the secret. Throws RangeError for a text shorter than 32 bytes. */
export function parseTokenKeys(secret: Buffer): readonly VerificationKey[] {
  const jwks = parseJwks(secret.toString('utf8'))
  if (jwks !== null) return jwks.flatMap(keyFrom)
  if (secret.length < 32) throw new RangeError('The JWT secret must be at least 32 characters long.')
  return [secretKeyFrom(secret, null, ['HS256'])]
}

function parseJwks(text: string): readonly Jwk[] | null {
  if (!text.trimStart().startsWith('{')) return null
  const value = parseJson(text)
  if (value === null) return null
  if (Array.isArray(value['keys'])) return value['keys'] as Jwk[]
  return typeof value['kty'] === 'string' ? [value] : null
}

function parseJson(text: string): Jwk | null {
  try {
    return JSON.parse(text) as Jwk
  } catch {
    return null
  }
}

function keyFrom(jwk: Jwk): readonly VerificationKey[] {
  const { kty, k, alg, kid } = jwk
  if (kty !== 'oct') return [publicKeyFrom(jwk)].filter((key) => key !== null)
  if (typeof k !== 'string') return []
  const algorithms = typeof alg === 'string' ? [alg] : ['HS256', 'HS384', 'HS512']
  return [secretKeyFrom(Buffer.from(k, 'base64url'), typeof kid === 'string' ? kid : null, algorithms)]
}
