// Who asks the stand-alone door: PostgREST's reading of a bearer token, whose keys, audience and role path are
// the operator's and which knows no issuers or API keys. The platform's verifier is identity/verify.

import { compactVerify, errors } from 'jose'
import type { Credentials, Identify, Identity } from '../../../identity/identity.ts'
import type { VerificationKey } from '../../../identity/keys/verification-key.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { RolePath } from './role-path.ts'

export interface AloneIdentifyOptions {
  /** Null: no token can be verified. */
  readonly keys: readonly VerificationKey[] | null
  /** What `aud` must name; null accepts any. */
  readonly audience: string | null
  readonly rolePath: RolePath
  readonly anonymousRole: string | null
  /** Tokens whose signature is remembered; 0 remembers none. */
  readonly cacheSize: number
  /** Unix seconds. */
  readonly now: () => number
  /** A token was looked for among the remembered. */
  readonly onLookUp?: (hit: boolean) => void
  /** A remembered token made room for another. */
  readonly onEviction?: () => void
}

type Claims = Readonly<Record<string, unknown>>

/** Seconds by which clocks may differ. */
const leeway = 30

/** Verifies bearer tokens. Refuses with `token.*`; times and audience are judged on every request. */
export function createAloneIdentify(options: AloneIdentifyOptions): Identify {
  const verified = new Map<string, Claims>()
  return async (credentials) => {
    const token = bearerOf(credentials)
    if (token === null) return identityOf({}, options, 'anonymous')
    const known = verified.get(token)
    if (options.cacheSize > 0) options.onLookUp?.(known !== undefined)
    const claims = known ?? (await verifySignature(token, options))
    remember(verified, token, claims, options)
    checkClaims(claims, options)
    return identityOf(claims, options, 'token')
  }
}

function bearerOf({ authorization }: Credentials): string | null {
  const match = /^bearer(?: +|$)(.*)$/is.exec(authorization ?? '')
  return match === null ? null : (match[1] ?? '').trim()
}

/** The least recently used token goes first. */
function remember(verified: Map<string, Claims>, token: string, claims: Claims, options: AloneIdentifyOptions): void {
  const { cacheSize, onEviction } = options
  verified.delete(token)
  if (cacheSize <= 0) return
  verified.set(token, claims)
  const [oldest] = verified.keys()
  if (verified.size <= cacheSize || oldest === undefined) return
  verified.delete(oldest)
  onEviction?.()
}

async function verifySignature(token: string, { keys }: AloneIdentifyOptions): Promise<Claims> {
  if (keys === null) throw new Refusal('token.no-keys-configured', {})
  if (token === '') throw new Refusal('token.empty', {})
  const parts = token.split('.')
  if (parts.length !== 3) throw new Refusal('token.malformed', { parts: parts.length })
  const { algorithm, keyId } = readHeader(parts[0] ?? '')
  if (algorithm === 'none') throw new Refusal('token.algorithm-none', {})
  const candidates = keys.filter((key) => key.algorithms.includes(algorithm) && (keyId === null || key.keyId === keyId))
  const origin = { issuer: null, keyId }
  const knownKeyIds = keys.flatMap((key) => key.keyId ?? [])
  if (candidates.length === 0) throw new Refusal('token.key-unknown', { ...origin, knownKeyIds })
  for (const key of candidates) {
    const payload = await payloadUnder(key, algorithm, token)
    if (payload !== null) return parseClaims(payload)
  }
  throw new Refusal('token.signature-invalid', origin)
}

function readHeader(part: string): { readonly algorithm: string; readonly keyId: string | null } {
  try {
    const header = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Claims
    const { alg, kid } = header
    return { algorithm: typeof alg === 'string' ? alg : '', keyId: typeof kid === 'string' ? kid : null }
  } catch (cause) {
    throw new Refusal('token.undecodable', { part: 'header' }, { cause })
  }
}

/** The payload, or null where this key did not sign the token. */
async function payloadUnder(key: VerificationKey, algorithm: string, token: string): Promise<Uint8Array | null> {
  try {
    const { payload } = await compactVerify(token, await key.importFor(algorithm), { algorithms: [algorithm] })
    return payload
  } catch (thrown) {
    if (thrown instanceof errors.JWSSignatureVerificationFailed) return null
    if (thrown instanceof errors.JOSEError) {
      throw new Refusal('token.undecodable', { part: 'signature' }, { cause: thrown })
    }
    throw thrown
  }
}

function parseClaims(payload: Uint8Array): Claims {
  let claims: unknown
  try {
    claims = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch (cause) {
    throw new Refusal('token.claims-malformed', {}, { cause })
  }
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    throw new Refusal('token.claims-malformed', {})
  }
  return claims as Claims
}

function checkClaims(claims: Claims, { audience, now }: AloneIdentifyOptions): void {
  const seconds = now()
  const expiresAt = timeOf(claims, 'exp')
  if (expiresAt !== null && seconds - leeway > expiresAt) {
    throw new Refusal('token.expired', { expiredAt: expiresAt, now: seconds })
  }
  const notBefore = timeOf(claims, 'nbf')
  if (notBefore !== null && seconds + leeway < notBefore) {
    throw new Refusal('token.not-yet-valid', { notBefore, now: seconds })
  }
  const issuedAt = timeOf(claims, 'iat')
  if (issuedAt !== null && seconds + leeway < issuedAt) {
    throw new Refusal('token.issued-in-future', { issuedAt, now: seconds })
  }
  checkAudience(claims, audience)
}

function timeOf(claims: Claims, claim: string): number | null {
  const value = claims[claim]
  if (value === undefined || value === null) return null
  if (typeof value !== 'number') throw new Refusal('token.claim-type', { claim, expected: 'a number' })
  return value
}

/** Absent, null and an empty list pass; an empty text is an audience like any other. */
function checkAudience({ aud }: Claims, wanted: string | null): void {
  if (aud === undefined || aud === null) return
  const audiences: unknown[] = Array.isArray(aud) ? aud : [aud]
  if (!audiences.every((entry) => typeof entry === 'string')) {
    throw new Refusal('token.claim-type', { claim: 'aud', expected: 'a string or an array of strings' })
  }
  if (wanted === null || (Array.isArray(aud) && aud.length === 0) || audiences.includes(wanted)) return
  throw new Refusal('token.audience', { audience: aud, expected: [wanted] })
}

function identityOf(claims: Claims, options: AloneIdentifyOptions, via: 'anonymous' | 'token'): Identity {
  const claimed = options.rolePath(claims)
  const role =
    claimed === undefined ? options.anonymousRole : typeof claimed === 'string' ? claimed : JSON.stringify(claimed)
  if (role === null) throw new Refusal('token.anonymous-disabled', {})
  const all = { ...claims, role }
  const { sub, exp } = claims
  return {
    kind: 'identity',
    role,
    claims: all,
    claimsJson: JSON.stringify(all),
    issuer: null,
    subject: typeof sub === 'string' ? sub : null,
    via,
    expiresAt: typeof exp === 'number' ? exp : null,
  }
}
