// Signs and verifies the tokens of URLs.

import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

import { errors, jwtVerify, SignJWT } from 'jose'

import { Refusal } from '../../refusal/refusal.ts'
import { isPathOf } from './signed-path.ts'
import type { OpenSignedClaims, SignedClaims, SignedTokens } from './signed-tokens.ts'

/** Seconds since 1970 that a date can still say in milliseconds. */
const LATEST = Math.floor(Number.MAX_SAFE_INTEGER / 1000)

/**
 * `secret` is the project's JWT secret, of which the key is derived (HKDF), so that no token of a URL is a session token; a
 * project that changes its secret closes every URL of before. What the secret itself signs opens its path, too: that is how
 * upstream signs, whose URLs a project may bring along. `now` in milliseconds since 1970.
 */
export function createSignedTokens(secret: string, now: () => number = Date.now): SignedTokens {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'tenon storage urls', 32)))
  const upstreams = createSecretKey(Buffer.from(secret))
  return {
    async sign(claims, expiresIn) {
      const issuedAt = Math.floor(now() / 1000)
      if (!Number.isSafeInteger(expiresIn) || expiresIn < 1 || issuedAt + expiresIn > LATEST) {
        throw new Refusal('storage.parameter-invalid', { parameter: 'expiresIn' })
      }
      return await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + expiresIn)
        .sign(key)
    },
    async verify(token, { url, scope }) {
      const claims = await openWith([key, upstreams], token, now())
      if (scopeOf(claims) !== scope) throw new Refusal('storage.signature-mismatch', { wanted: scope })
      const signed = claims.url
      if (typeof signed !== 'string' || !isPathOf(url, signed))
        throw new Refusal('storage.signature-mismatch', { wanted: 'path' })
      return { ...claims, url: signed, scope }
    },
  }
}

/** As they come. */
type Claims = Partial<Omit<SignedClaims, 'url'>> & Pick<OpenSignedClaims, 'exp'> & { readonly url?: unknown }

async function openWith(
  [key, ...others]: readonly [KeyObject, ...KeyObject[]],
  token: string,
  now: number,
): Promise<Claims> {
  try {
    return await verified(token, key, now)
  } catch (error) {
    const [next, ...rest] = others
    if (next !== undefined && error instanceof errors.JWSSignatureVerificationFailed)
      return await openWith([next, ...rest], token, now)
    if (!(error instanceof errors.JOSEError)) throw error
    throw new Refusal('storage.signature-invalid', { reason: error.message }, { cause: error })
  }
}

/** A token with a role or a subject is a session's, which the secret signs, too: its other claims may be a person's to choose. */
async function verified(token: string, key: KeyObject, now: number): Promise<Claims> {
  const options = { algorithms: ['HS256'], currentDate: new Date(now), requiredClaims: ['exp'] }
  const { payload } = await jwtVerify<Claims>(token, key, options)
  if (payload['role'] !== undefined || payload.sub !== undefined) throw new errors.JWSSignatureVerificationFailed()
  return payload
}

/** Upstream's tokens of before it told scopes apart have none: only those of uploads say whether they may replace. */
function scopeOf({ scope, upsert }: Claims): SignedClaims['scope'] {
  return scope ?? (upsert === undefined ? 'download' : 'upload')
}
