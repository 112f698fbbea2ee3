// The handshake as a signed token, for SDKs that do not fetch it under a nonce.

import type { Instance } from '../../state/instance/instance.ts'
import { signJwt } from '../sign-jwt.ts'

/** An RS256 token of the session class whose `handshake` claim lists `Set-Cookie` values. */
export async function mintHandshakeToken(instance: Instance, directives: readonly string[]): Promise<string> {
  const { keys } = await instance.snapshot()
  const [key] = keys
  const iat = Math.floor(instance.store.now() / 1000)
  const claims = { handshake: directives, iat, exp: iat + 60, iss: instance.issuer }
  return await signJwt(claims, 'session', { algorithm: 'RS256', kid: key.kid, key: key.privateKey })
}
