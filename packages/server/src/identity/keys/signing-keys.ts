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
  /** Unix seconds; absent where nobody noted it. */
  readonly createdAt?: number
}

const states: readonly OwnKeyState[] = ['standby', 'in_use', 'previously_used', 'revoked']

const defaultAlgorithms: Readonly<Record<string, string>> = {
  RSA: 'RS256',
  'P-256': 'ES256',
  'P-384': 'ES384',
  'P-521': 'ES512',
  Ed25519: 'EdDSA',
}

/** A JWK of the file. Upstream knows `key_ops` alone; the other two members are ours, and it passes over them. */
interface StoredJwk extends JWK {
  readonly state?: unknown
  readonly created_at?: unknown
}

/**
 * Reads the file `auth.signing_keys_path` names: a JSON array of private JWKs, of which exactly one carries
 * `key_ops: ["sign"]` and signs; the others stay trusted. A single key signs without saying so. Where keys name
 * their `state`, none has to be in use: then the secret signs. Throws Error.
 */
export async function parseSigningKeys(json: string): Promise<readonly SigningKeyEntry[]> {
  const jwks = parseArray(json)
  const keys = await Promise.all(jwks.map((jwk) => parseSigningKey(jwk, jwks.length === 1)))
  const signers = keys.filter(({ state }) => state === 'in_use').length
  if (signers > 1 || (signers === 0 && jwks.some((jwk) => jwk.state === undefined))) {
    throw invalidKeys('exactly one key must carry key_ops ["sign"]')
  }
  if (new Set(keys.map(({ keyId }) => keyId)).size < keys.length) throw invalidKeys('two keys have the same kid')
  return keys
}

/** The file's text, which `parseSigningKeys` reads and Supabase's CLI too. */
export function printSigningKeys(keys: readonly SigningKeyEntry[]): string {
  const jwks = keys.map(({ keyId, algorithm, privateJwk, state, createdAt }) => ({
    ...privateJwk,
    kid: keyId,
    alg: algorithm,
    use: 'sig',
    key_ops: [state === 'in_use' ? 'sign' : 'verify'],
    state,
    ...(createdAt !== undefined && { created_at: createdAt }),
  }))
  return `${JSON.stringify(jwks, null, 2)}\n`
}

function parseArray(json: string): readonly StoredJwk[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch (cause) {
    throw invalidKeys('the file is not JSON', cause)
  }
  if (!Array.isArray(parsed)) throw invalidKeys('the file must hold an array of private JWKs')
  return parsed as readonly StoredJwk[]
}

async function parseSigningKey(jwk: StoredJwk | null, alone: boolean): Promise<SigningKeyEntry> {
  const members = jwk === null || typeof jwk !== 'object' ? null : publicHalf({ ...jwk })
  if (jwk === null || members === null) throw invalidKeys('each key must be an RSA, EC or OKP JWK')
  if (typeof jwk.d !== 'string') throw invalidKeys('each key must be private (member d)')
  const algorithm = jwk.alg ?? defaultAlgorithms[jwk.kty === 'RSA' ? 'RSA' : (jwk.crv ?? '')]
  if (algorithm === undefined) throw invalidKeys(`curve ${jwk.crv} is not supported`)
  const keyId = jwk.kid ?? (await calculateJwkThumbprint(members))
  const created = typeof jwk.created_at === 'number' ? { createdAt: jwk.created_at } : {}
  return { keyId, algorithm, privateJwk: withoutUse(jwk), state: stateOf(jwk, alone), ...created }
}

function stateOf(jwk: StoredJwk, alone: boolean): OwnKeyState {
  const said = states.find((state) => state === jwk.state)
  if (said === undefined && jwk.state !== undefined) throw invalidKeys(`state must be one of ${states.join(', ')}`)
  return said ?? (alone || jwk.key_ops?.includes('sign') === true ? 'in_use' : 'previously_used')
}

/** `key_ops` names the state of a key here, and would keep WebCrypto from importing it for what it must do. */
function withoutUse(jwk: StoredJwk): JWK {
  const { key_ops: _operations, use: _use, state: _state, created_at: _created, ...rest } = jwk
  return rest
}

function invalidKeys(reason: string, cause?: unknown): Error {
  return new Error(`Invalid auth.signing_keys_path: ${reason}`, { cause })
}

/** A new key on standby, as `gen signing-key` makes. `createdAt` in Unix seconds. */
export async function createSigningKey(algorithm: 'ES256' | 'RS256', createdAt: number): Promise<SigningKeyEntry> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true })
  const privateJwk = await exportJWK(privateKey)
  return { keyId: randomUUID(), algorithm, privateJwk, state: 'standby', createdAt }
}
