// What third parties read to verify an instance's tokens: RFC 7517 key set and OpenID Connect Discovery 1.0.

import { keySetOf } from '../tokens/public-jwk.ts'
import { serverMetadata } from '../oauth-server/server-metadata.ts'
import type { Instance } from '../state/instance/instance.ts'

/** The published keys, the current one first. */
export async function keySet(instance: Instance): Promise<object> {
  return keySetOf((await instance.snapshot()).keys)
}

/** The discovery document: what the OAuth server says of itself, and the claims of its id_tokens. */
export function openidConfiguration(instance: Instance): object {
  return {
    ...serverMetadata(instance),
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'email', 'email_verified', 'name'],
  }
}
