// Signs and verifies the tokens of URLs.

import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'

import { errors, jwtVerify, SignJWT } from 'jose'

import { Refusal } from '../../refusal/refusal.ts'
import { isPathOf } from './signed-path.ts'
import type { OpenSignedClaims, SignedTokens } from './signed-tokens.ts'

/** Seconds since 1970 that a date can still say in milliseconds. */
const LATEST = Math.floor(Number.MAX_SAFE_INTEGER / 1000)

/**
 * `secret` is the project's JWT secret, of which the key is derived (HKDF): what either signs is no token to the other, and
 * a project that changes its secret closes every URL of before. `now` in milliseconds since 1970.
 */
export function createSignedTokens(secret: string, now: () => number = Date.now): SignedTokens {
  const key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'tenon storage urls', 32)))
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
      const claims = await verified(token, key, now())
      if (claims.scope !== scope) throw new Refusal('storage.signature-mismatch', { wanted: scope })
      if (!isPathOf(url, claims.url)) throw new Refusal('storage.signature-mismatch', { wanted: 'path' })
      return claims
    },
  }
}

async function verified(token: string, key: KeyObject, now: number): Promise<OpenSignedClaims> {
  try {
    const { payload } = await jwtVerify<OpenSignedClaims>(token, key, {
      algorithms: ['HS256'],
      currentDate: new Date(now),
      requiredClaims: ['exp', 'url', 'scope'],
    })
    return payload
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    throw new Refusal('storage.signature-invalid', { reason: error.message }, { cause: error })
  }
}
