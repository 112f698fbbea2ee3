// What the bare contestants sign: a token's header and payload of the size the instance mints, with a key of the same kind.

import { generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

/** An RSA-2048 key, as every instance signs with. */
export function signingKey(): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
}

/** The signing input of a token (RFC 7515 §5.1): everything before its last dot. */
export function signingInput(jwt: string): string {
  return jwt.slice(0, jwt.lastIndexOf('.'))
}

/** RS256 on the thread pool, as base64url. */
export function signed(input: string, key: KeyObject): Promise<string> {
  return new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(input), key, (error, bytes) => {
      if (error) reject(error)
      else resolve(bytes.toString('base64url'))
    })
  })
}
