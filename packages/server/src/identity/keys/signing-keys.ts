// The project's asymmetric signing keys as a file holds them. Using them is own-keys.ts.

import { randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { publicHalf } from './verification-key.ts'

/**
 * `standby`: published, not signing yet. `in_use`: signs; exactly one. `previously_used`: still trusted.
 * `revoked`: trusted no more.
 */
export type OwnKeyState = 'standby' | 'in_use' | 'previously_used' | 'revoked'

/** An asymmetric signing key of the project, its private JWK included: never log or send it. */
export interface SigningKeyEntry {
  readonly keyId: string
  readonly algorithm: string
  readonly privateJwk: JWK
  readonly state: OwnKeyState
}

const defaultAlgorithms: Readonly<Record<string, string>> = {
  RSA: 'RS256',
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  Ed25519: 'EdDSA',
}

/**
 * Reads the file `auth.signing_keys_path` names: a JSON array of private JWKs, of which exactly one carries
 * `key_ops: ["sign"]` and signs; the others stay trusted. A single key signs without saying so. Throws Error.
 */
export async function parseSigningKeys(json: string): Promise<readonly SigningKeyEntry[]> {
  const jwks = parseArray(json)
  const signs = (jwk: JWK): boolean => jwks.length === 1 || (jwk.key_ops?.includes('sign') ?? false)
  if (jwks.length > 0 && jwks.filter(signs).length !== 1) {
    throw invalidKeys('exactly one key must carry key_ops ["sign"]')
  }
  return Promise.all(jwks.map((jwk) => parseSigningKey(jwk, signs(jwk) ? 'in_use' : 'previously_used')))
}

function parseArray(json: string): readonly JWK[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch (cause) {
    throw invalidKeys('the file is not JSON', cause)
  }
  if (!Array.isArray(parsed)) throw invalidKeys('the file must hold an array of private JWKs')
  return parsed as readonly JWK[]
}

async function parseSigningKey(jwk: JWK | null, state: OwnKeyState): Promise<SigningKeyEntry> {
  const members = jwk === null || typeof jwk !== 'object' ? null : publicHalf({ ...jwk })
  if (jwk === null || members === null) throw invalidKeys('each key must be an RSA, EC or OKP JWK')
  if (typeof jwk.d !== 'string') throw invalidKeys('each key must be private (member d)')
  const algorithm = jwk.alg ?? defaultAlgorithms[jwk.kty === 'RSA' ? 'RSA' : (jwk.crv ?? '')]
  if (algorithm === undefined) throw invalidKeys(`curve ${jwk.crv} is not supported`)
  return { keyId: jwk.kid ?? (await calculateJwkThumbprint(members)), algorithm, privateJwk: withoutUse(jwk), state }
}

/** `key_ops` names the state of a key here, and would keep WebCrypto from importing it for what it must do. */
function withoutUse(jwk: JWK): JWK {
  const { key_ops: _operations, use: _use, ...rest } = jwk
  return rest
}

function invalidKeys(reason: string, cause?: unknown): Error {
  return new Error(`Invalid auth.signing_keys_path: ${reason}`, { cause })
}

/** A new key on standby, as `gen signing-key` makes. */
export async function createSigningKey(algorithm: 'ES256' | 'RS256'): Promise<SigningKeyEntry> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  return { keyId: randomUUID(), algorithm, privateJwk: await exportJWK(privateKey), state: 'standby' }
}
