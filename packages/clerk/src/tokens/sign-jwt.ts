// From claims to a compact JWS (RFC 7515 §3.1). Signs with node:crypto on its thread pool, so that an RSA
// signature never stops the event loop.

import { createHmac, createPrivateKey, sign, type KeyObject } from 'node:crypto'

import type { JsonObject } from './json.ts'

/** What a token is, for the SDKs: its class travels as `cat` in the header. */
export type TokenClass = 'session' | 'template'

const classCodes: Readonly<Record<TokenClass, string>> = {
  session: 'cl_B7d4PD111AAA',
  template: 'cl_B7d4PD222AAA',
}

/** The class of session tokens, as their header carries it. */
export const sessionTokenClass = classCodes.session

/** Algorithms a JWT template may name for a key of its own. */
export const customSigningAlgorithms = [
  'HS256',
  'HS384',
  'HS512',
  'RS256',
  'RS384',
  'RS512',
  'ES256',
  'ES384',
  'ES512',
] as const

export type SigningAlgorithm = (typeof customSigningAlgorithms)[number]

/** A key ready to sign, with what its header says. `kid` is left out for keys that no key set publishes. */
export interface Signer {
  readonly algorithm: SigningAlgorithm
  readonly kid: string | null
  readonly key: KeyObject | string
}

/** The private key of a PEM text, or null when it is not one that can sign with the algorithm. */
export function readPrivateKey(pem: string, algorithm: SigningAlgorithm): KeyObject | null {
  try {
    const key = createPrivateKey(pem)
    return key.asymmetricKeyType === (algorithm.startsWith('ES') ? 'ec' : 'rsa') ? key : null
  } catch {
    return null
  }
}

/** Signs a payload as a compact token. `oiat`, the first issue time, lets clerk-js keep the freshest of several. */
export async function signJwt(payload: JsonObject, tokenClass: TokenClass, signer: Signer): Promise<string> {
  const header = {
    alg: signer.algorithm,
    cat: classCodes[tokenClass],
    ...(signer.kid === null ? {} : { kid: signer.kid }),
    ...(tokenClass === 'session' ? { oiat: payload['iat'] ?? null } : {}),
    typ: 'JWT',
  }
  const input = `${encode(header)}.${encode(payload)}`
  return `${input}.${await signature(input, signer)}`
}

function encode(part: JsonObject): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url')
}

async function signature(input: string, { algorithm, key }: Signer): Promise<string> {
  const digest = `sha${algorithm.slice(2)}`
  if (typeof key === 'string') return createHmac(digest, key).update(input).digest('base64url')
  // Node tries an object of options as a key first, and builds two errors with their stacks on the way: RSA does without.
  const signingKey = algorithm.startsWith('ES') ? { key, dsaEncoding: 'ieee-p1363' as const } : key
  const signed = await new Promise<Buffer>((resolve, reject) => {
    sign(digest, Buffer.from(input), signingKey, (error, bytes) => {
      if (error) reject(error)
      else resolve(bytes)
    })
  })
  return signed.toString('base64url')
}
