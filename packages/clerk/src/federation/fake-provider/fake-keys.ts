// A stand-in's signing key: Ed25519, from a seed, so that every process that serves the instance has the same one.

import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

import { SignJWT } from 'jose'

import type { JsonObject } from '../../tokens/json.ts'

/** What stands before the seed in PKCS #8 (RFC 8410 §7). */
const derPrefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The key set a stand-in publishes. */
export function fakeKeySet(seed: Buffer): object {
  const { x = '' } = createPublicKey(keyOf(seed)).export({ format: 'jwk' })
  return { keys: [{ kty: 'OKP', crv: 'Ed25519', use: 'sig', alg: 'EdDSA', kid: kidOf(seed), x }] }
}

/** Signs claims as a stand-in's id_token. */
export async function signFakeIdToken(seed: Buffer, claims: JsonObject): Promise<string> {
  return await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA', kid: kidOf(seed), typ: 'JWT' }).sign(keyOf(seed))
}

function keyOf(seed: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([derPrefix, seed]), format: 'der', type: 'pkcs8' })
}

function kidOf(seed: Buffer): string {
  return createHash('sha256').update('kid').update(seed).digest('hex').slice(0, 16)
}
