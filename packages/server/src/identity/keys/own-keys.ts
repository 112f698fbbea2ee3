// The project's own keys: the HS256 secret that signs legacy API keys and Clerk's JWT-template tokens, and
// asymmetric signing keys with the states Supabase gives them. What they sign may carry any role.

import { importJWK, SignJWT, type JWK, type JWTPayload } from 'jose'
import { type KeyTransition, whyNot } from './key-transitions.ts'
import type { OwnKeyState, SigningKeyEntry } from './signing-keys.ts'
import { publicHalf, publicKeyFrom, secretKeyFrom, type VerificationKey } from './verification-key.ts'

/** The key id under which the HS256 secret is listed and revoked; tokens it signs carry none. */
export const legacySecretKeyId = 'legacy-secret'

/** A key as it may be shown to anyone. */
export interface ListedKey {
  readonly keyId: string
  readonly algorithm: string
  readonly state: OwnKeyState
  /** Unix seconds; null where nobody noted it. */
  readonly createdAt: number | null
}

/** All keys, private halves included, as they were at a moment. */
export interface OwnKeysSnapshot {
  readonly secretState: OwnKeyState
  readonly signingKeys: readonly SigningKeyEntry[]
}

export interface OwnKeys {
  /** What may verify a token of this algorithm, revoked keys left out. */
  candidates(algorithm: string, keyId: string | null): readonly VerificationKey[]
  /** Every key and its state, the secret as `legacy-secret`. */
  list(): readonly ListedKey[]
  stateOf(keyId: string): OwnKeyState | null
  /** The public halves for `/auth/v1/.well-known/jwks.json`: never a secret, never a revoked key. */
  publicJwks(): { readonly keys: readonly JWK[] }
  /** Signs claims with the key in use (the secret where no asymmetric key is). `iat` and `exp` are the caller's. */
  sign(claims: JWTPayload): Promise<string>
  /** Holds one more key. Throws RangeError for an id that is taken. */
  add(entry: SigningKeyEntry): void
  /** Makes a standby key the signer; the one in use becomes previously_used. Throws RangeError for other keys. */
  rotateTo(keyId: string): void
  /** Trusts the key no more and forgets every token it verified. Throws RangeError for the key in use or an unknown one. */
  revoke(keyId: string): void
  /** Trusts and publishes a key again that was used before. Throws RangeError for others. */
  returnToStandby(keyId: string): void
  /** Forgets a key for good. Throws RangeError for the secret, and for a key that tokens may still rely on. */
  remove(keyId: string): void
  /** Registers what must happen when a key is revoked. */
  onRevoked(listener: () => void): void
  snapshot(): OwnKeysSnapshot
  /** Goes back to what was. */
  restore(snapshot: OwnKeysSnapshot): void
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
  return new HeldKeys(secret, signingKeys)
}

class HeldKeys implements OwnKeys {
  readonly #secretBytes: Uint8Array | null
  readonly #secretKey: VerificationKey | null
  readonly #listeners: (() => void)[] = []
  #secretState: OwnKeyState
  #held: Map<string, Held>

  constructor(secret: string | null, signingKeys: readonly SigningKeyEntry[]) {
    this.#secretBytes = secret === null ? null : new TextEncoder().encode(secret)
    this.#secretKey = this.#secretBytes === null ? null : secretKeyFrom(this.#secretBytes, null)
    this.#secretState = signingKeys.some(({ state }) => state === 'in_use') ? 'previously_used' : 'in_use'
    this.#held = heldOf(signingKeys)
  }

  candidates(algorithm: string, keyId: string | null): readonly VerificationKey[] {
    if (this.#secretKey?.algorithms.includes(algorithm)) return this.#secretState === 'revoked' ? [] : [this.#secretKey]
    const trusted = [...this.#held.values()].filter(({ state }) => state !== 'revoked')
    const named = keyId === null ? trusted : trusted.filter((entry) => entry.keyId === keyId)
    return named.map(({ verification }) => verification)
  }

  list(): readonly ListedKey[] {
    const asymmetric = [...this.#held.values()].map(({ keyId, algorithm, state, createdAt = null }): ListedKey => ({
      keyId,
      algorithm,
      state,
      createdAt,
    }))
    const legacy = { keyId: legacySecretKeyId, algorithm: 'HS256', state: this.#secretState, createdAt: null }
    return this.#secretKey === null ? asymmetric : [...asymmetric, legacy]
  }

  stateOf(keyId: string): OwnKeyState | null {
    return this.list().find((entry) => entry.keyId === keyId)?.state ?? null
  }

  publicJwks(): { readonly keys: readonly JWK[] } {
    return { keys: [...this.#held.values()].filter(({ state }) => state !== 'revoked').map(publicJwk) }
  }

  async sign(claims: JWTPayload): Promise<string> {
    const signer = [...this.#held.values()].find(({ state }) => state === 'in_use')
    if (signer !== undefined) return await signWith(signer, claims)
    if (this.#secretBytes === null || this.#secretState === 'revoked')
      throw new Error('the project has no key in use to sign with')
    return await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(this.#secretBytes)
  }

  add(entry: SigningKeyEntry): void {
    if (this.stateOf(entry.keyId) !== null) throw new RangeError(`there is a key ${entry.keyId} already`)
    this.#held.set(entry.keyId, hold(entry))
  }

  rotateTo(keyId: string): void {
    this.#assertMay('rotate', keyId)
    const signer = this.list().find(({ state }) => state === 'in_use')
    if (signer !== undefined) this.#setState(signer.keyId, 'previously_used')
    this.#setState(keyId, 'in_use')
  }

  revoke(keyId: string): void {
    this.#assertMay('revoke', keyId)
    this.#setState(keyId, 'revoked')
    this.#forgetTokens()
  }

  returnToStandby(keyId: string): void {
    this.#assertMay('standby', keyId)
    this.#setState(keyId, 'standby')
  }

  remove(keyId: string): void {
    if (keyId === legacySecretKeyId) throw new RangeError('the JWT secret cannot be deleted')
    this.#assertMay('delete', keyId)
    this.#held.delete(keyId)
    this.#forgetTokens()
  }

  onRevoked(listener: () => void): void {
    this.#listeners.push(listener)
  }

  snapshot(): OwnKeysSnapshot {
    return { secretState: this.#secretState, signingKeys: [...this.#held.values()].map(entryOf) }
  }

  restore({ secretState, signingKeys }: OwnKeysSnapshot): void {
    this.#secretState = secretState
    this.#held = heldOf(signingKeys)
    this.#forgetTokens()
  }

  #assertMay(transition: KeyTransition, keyId: string): void {
    const state = this.stateOf(keyId)
    if (state === null) throw new RangeError(`there is no key ${keyId}`)
    const reason = whyNot(transition, state)
    if (reason !== null) throw new RangeError(`key ${keyId}: ${reason}`)
  }

  #setState(keyId: string, state: OwnKeyState): void {
    const entry = this.#held.get(keyId)
    if (entry !== undefined) this.#held.set(keyId, { ...entry, state })
    if (keyId === legacySecretKeyId) this.#secretState = state
  }

  #forgetTokens(): void {
    for (const listener of this.#listeners) listener()
  }
}

function heldOf(entries: readonly SigningKeyEntry[]): Map<string, Held> {
  return new Map(entries.map((entry) => [entry.keyId, hold(entry)]))
}

function hold(entry: SigningKeyEntry): Held {
  const verification = publicKeyFrom({ ...publicHalf({ ...entry.privateJwk }), kid: entry.keyId, alg: entry.algorithm })
  if (verification === null) throw new Error(`Invalid signing key ${entry.keyId}: it cannot verify ${entry.algorithm}`)
  return { ...entry, verification }
}

function entryOf({ keyId, algorithm, privateJwk, state, createdAt }: Held): SigningKeyEntry {
  return { keyId, algorithm, privateJwk, state, ...(createdAt !== undefined && { createdAt }) }
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
