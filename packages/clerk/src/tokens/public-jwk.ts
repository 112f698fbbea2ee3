// Public keys as the JWKS endpoint publishes them (RFC 7517).

import { createPublicKey, type KeyObject } from 'node:crypto'

interface PublicJwk {
  readonly use: 'sig'
  readonly kty: 'RSA'
  readonly kid: string
  readonly alg: 'RS256'
  readonly n: string
  readonly e: string
}

/** The key set of signing keys, in their order. */
export function keySetOf(keys: readonly { readonly kid: string; readonly privateKey: KeyObject }[]): {
  readonly keys: readonly PublicJwk[]
} {
  return { keys: keys.map(({ kid, privateKey }) => publicJwk(kid, privateKey)) }
}

function publicJwk(kid: string, privateKey: KeyObject): PublicJwk {
  const { n = '', e = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  return { use: 'sig', kty: 'RSA', kid, alg: 'RS256', n, e }
}

/** The public half as SPKI PEM, the form `CLERK_JWT_KEY` takes. */
export function publicKeyPem(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ format: 'pem', type: 'spki' }).toString()
}
