// What third parties read to verify an instance's tokens: RFC 7517 key set and OpenID Connect Discovery 1.0.

import { keySetOf } from '../tokens/public-jwk.ts'
import type { Instance } from '../state/instance.ts'

/** The published keys, the current one first. */
export async function keySet(instance: Instance): Promise<object> {
  return keySetOf((await instance.snapshot()).keys)
}

/** The discovery document. Addresses are the issuer's own, as Clerk prints them. */
export function openidConfiguration({ issuer }: Instance): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth/authorize`,
    token_endpoint: `${issuer}/oauth/token`,
    revocation_endpoint: `${issuer}/oauth/token/revoke`,
    introspection_endpoint: `${issuer}/oauth/token_info`,
    userinfo_endpoint: `${issuer}/oauth/userinfo`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    scopes_supported: ['openid', 'profile', 'email', 'public_metadata', 'private_metadata', 'offline_access'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'none', 'client_secret_post'],
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'email', 'name'],
    code_challenge_methods_supported: ['S256'],
  }
}
