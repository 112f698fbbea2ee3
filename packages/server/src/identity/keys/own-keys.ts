// The project's own keys: the HS256 secret that signs legacy API keys and Clerk's JWT-template tokens, and
// asymmetric signing keys with the states Supabase gives them. What they sign may carry any role.

import { importJWK, SignJWT, type JWK, type JWTPayload } from 'jose'
import type { OwnKeyState, SigningKeyEntry } from './signing-keys.ts'
import { publicHalf, publicKeyFrom, secretKeyFrom, type VerificationKey } from './verification-key.ts'

/** The key id under which the HS256 secret is listed and revoked; tokens it signs carry none. */
export const legacySecretKeyId = 'legacy-secret'

export interface OwnKeys {
  /** What may verify a token of this algorithm, revoked keys left out. */
  candidates(algorithm: string, keyId: string | null): readonly VerificationKey[]
  /** Every key and its state, the secret as `legacy-secret`. */
  list(): readonly { readonly keyId: string; readonly algorithm: string; readonly state: OwnKeyState }[]
  stateOf(keyId: string): OwnKeyState | null
  /** The public halves for `/auth/v1/.well-known/jwks.json`: never a secret, never a revoked key. */
  publicJwks(): { readonly keys: readonly JWK[] }
  /** Signs claims with the key in use (the secret where no asymmetric key is). `iat` and `exp` are the caller's. */
  sign(claims: JWTPayload): Promise<string>
  /** Makes a standby key the signer; the one in use becomes previously_used. Throws RangeError for other keys. */
  rotateTo(keyId: string): void
  /** Trusts the key no more and forgets every token it verified. Throws RangeError for the key in use or an unknown one. */
  revoke(keyId: string): void
  /** Registers what must happen when a key is revoked. */
  onRevoked(listener: () => void): void
}

interface OwnKeysOptions {
  /** The project's JWT secret; null where there is none. */
  readonly secret: string | null
  readonly signingKeys?: readonly SigningKeyEntry[]
}

interface Held extends SigningKeyEntry {
  readonly verification: VerificationKey
}

/** Holds the project's keys. Throws Error for a secret under 16 characters, worded as the Supabase CLI does. */
export function createOwnKeys({ secret, signingKeys = [] }: OwnKeysOptions): OwnKeys {
  if (secret !== null && secret.length < 16) {
    throw new Error('Invalid config for auth.jwt_secret. Must be at least 16 characters')
  }
  const secretBytes = secret === null ? null : new TextEncoder().encode(secret)
  const secretKey = secretBytes === null ? null : secretKeyFrom(secretBytes, null)
  const held = new Map(signingKeys.map((entry) => [entry.keyId, hold(entry)]))
  const listeners: (() => void)[] = []
  let secretState: OwnKeyState = signingKeys.some(({ state }) => state === 'in_use') ? 'previously_used' : 'in_use'
  const inUse = (): Held | undefined => [...held.values()].find(({ state }) => state === 'in_use')
  const setState = (keyId: string, state: OwnKeyState): void => {
    const entry = held.get(keyId)
    if (entry !== undefined) held.set(keyId, { ...entry, state })
  }

  const keys: OwnKeys = {
    candidates(algorithm, keyId) {
      if (secretKey?.algorithms.includes(algorithm)) return secretState === 'revoked' ? [] : [secretKey]
      const trusted = [...held.values()].filter(({ state }) => state !== 'revoked')
      const named = keyId === null ? trusted : trusted.filter((entry) => entry.keyId === keyId)
      return named.map(({ verification }) => verification)
    },
    list() {
      const asymmetric = [...held.values()].map(({ keyId, algorithm, state }) => ({ keyId, algorithm, state }))
      const legacy = { keyId: legacySecretKeyId, algorithm: 'HS256', state: secretState }
      return secretKey === null ? asymmetric : [...asymmetric, legacy]
    },
    stateOf: (keyId) => keys.list().find((entry) => entry.keyId === keyId)?.state ?? null,
    publicJwks() {
      return { keys: [...held.values()].filter(({ state }) => state !== 'revoked').map(publicJwk) }
    },
    sign(claims) {
      const signer = inUse()
      if (signer !== undefined) return signWith(signer, claims)
      if (secretBytes === null || secretState === 'revoked')
        throw new Error('the project has no key in use to sign with')
      return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(secretBytes)
    },
    rotateTo(keyId) {
      if (keys.stateOf(keyId) !== 'standby') throw new RangeError(`key ${keyId} is not on standby`)
      const signer = inUse()
      if (signer === undefined) secretState = 'previously_used'
      else setState(signer.keyId, 'previously_used')
      setState(keyId, 'in_use')
    },
    revoke(keyId) {
      const state = keys.stateOf(keyId)
      if (state === null) throw new RangeError(`there is no key ${keyId}`)
      if (state === 'in_use') throw new RangeError(`key ${keyId} is in use; rotate to another first`)
      if (keyId === legacySecretKeyId) secretState = 'revoked'
      else setState(keyId, 'revoked')
      for (const listener of listeners) listener()
    },
    onRevoked(listener) {
      listeners.push(listener)
    },
  }
  return keys
}

function hold(entry: SigningKeyEntry): Held {
  const verification = publicKeyFrom({ ...publicHalf({ ...entry.privateJwk }), kid: entry.keyId, alg: entry.algorithm })
  if (verification === null) throw new Error(`Invalid signing key ${entry.keyId}: it cannot verify ${entry.algorithm}`)
  return { ...entry, verification }
}

function publicJwk(entry: Held): JWK {
  const members = publicHalf({ ...entry.privateJwk })
  return {
    ...members,
    kty: entry.privateJwk.kty ?? '',
    kid: entry.keyId,
    alg: entry.algorithm,
    use: 'sig',
    key_ops: ['verify'],
  }
}

async function signWith(signer: Held, claims: JWTPayload): Promise<string> {
  const key = await importJWK({ ...signer.privateJwk, alg: signer.algorithm }, signer.algorithm)
  return new SignJWT(claims).setProtectedHeader({ alg: signer.algorithm, kid: signer.keyId, typ: 'JWT' }).sign(key)
}
