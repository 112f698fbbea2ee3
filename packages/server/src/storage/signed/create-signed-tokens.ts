// Signs and verifies the tokens of URLs.

import { hkdfSync } from 'node:crypto'

import { errors, jwtVerify, SignJWT } from 'jose'

import { Refusal } from '../../refusal/refusal.ts'
import type { SignedClaims, SignedTokens } from './signed-tokens.ts'

/** `secret` is the project's JWT secret; what it signs elsewhere is no token here. */
export function createSignedTokens(secret: string): SignedTokens {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'tenon storage urls', 32))
  return {
    sign: async (claims, expiresIn) =>
      await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + expiresIn)
        .sign(key),
    async verify(token, { url, scope }) {
      const claims = await verified(token, key)
      if (claims.url !== url)
        throw new Refusal('storage.signature-invalid', { reason: 'The token is for another path' })
      if (claims.scope !== scope)
        throw new Refusal('storage.signature-invalid', { reason: 'The token is for another verb' })
      return claims
    },
  }
}

async function verified(token: string, key: Uint8Array): Promise<SignedClaims & { readonly exp: number }> {
  try {
    const { payload } = await jwtVerify<SignedClaims & { readonly exp: number }>(token, key, {
      algorithms: ['HS256'],
      requiredClaims: ['exp', 'url', 'scope'],
    })
    return payload
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error
    throw new Refusal('storage.signature-invalid', { reason: error.message }, { cause: error })
  }
}
