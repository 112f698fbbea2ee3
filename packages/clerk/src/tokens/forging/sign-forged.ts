// Signs a token rightly or wrongly. Keys of faults are made for the one token and kept nowhere.

import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto'

import type { JsonObject } from '../json.ts'
import { publicKeyPem } from '../public-jwk.ts'
import { type Signer, signJwt, type TokenClass } from '../sign-jwt.ts'
import { type Fault, tamperedClaims } from './faults.ts'

/** What signs a token that has nothing wrong, and what is needed for those that have. */
export interface ForgingKeys {
  readonly signer: Signer
  /** The instance's current key, as anybody may read it. */
  readonly published: Parameters<typeof publicKeyPem>[0]
  /** Makes an RSA key, as PEM. */
  readonly newKey: () => Promise<string>
}

/** The compact token. */
export async function signForged(
  claims: JsonObject,
  tokenClass: TokenClass,
  fault: Fault,
  keys: ForgingKeys,
): Promise<string> {
  const { signer } = keys
  if (fault === 'wrong_key') return await signJwt(claims, tokenClass, { ...signer, key: await strangersKey(keys) })
  if (fault === 'unknown_kid') {
    const key = createPrivateKey(await keys.newKey())
    return await signJwt(claims, tokenClass, { algorithm: 'RS256', kid: `ins_${randomBytes(12).toString('hex')}`, key })
  }
  if (fault === 'hs256_with_public_key') {
    const key = publicKeyPem(keys.published)
    return await signJwt(claims, tokenClass, { algorithm: 'HS256', kid: signer.kid, key })
  }
  const token = await signJwt(claims, tokenClass, signer)
  const [header = '', payload = '', signature = ''] = token.split('.')
  if (fault === 'tampered') return `${header}.${encode(tamperedClaims(claims))}.${signature}`
  if (fault === 'alg_none') return `${encode({ ...decode(header), alg: 'none' })}.${payload}.`
  return token
}

/** Of the same kind as the right one. */
async function strangersKey({ signer, newKey }: ForgingKeys): Promise<Signer['key']> {
  if (typeof signer.key === 'string') return randomBytes(32).toString('hex')
  const { namedCurve } = signer.key.asymmetricKeyDetails ?? {}
  if (namedCurve !== undefined) return generateKeyPairSync('ec', { namedCurve }).privateKey
  return createPrivateKey(await newKey())
}

function encode(part: JsonObject): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

function decode(part: string): JsonObject {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as JsonObject
}
