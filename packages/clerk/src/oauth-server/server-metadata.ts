// Authorization server metadata (RFC 8414). Addresses are those at which this server answers.

import type { Instance } from '../state/instance/instance.ts'
import { scopeDescriptions } from './scopes.ts'

/** The document. */
export function serverMetadata(instance: Instance): object {
  const url = instance.frontendApiUrl()
  const methods = ['client_secret_basic', 'client_secret_post', 'none']
  return {
    issuer: instance.issuer,
    authorization_endpoint: `${url}/oauth/authorize`,
    token_endpoint: `${url}/oauth/token`,
    revocation_endpoint: `${url}/oauth/token/revoke`,
    introspection_endpoint: `${url}/oauth/token_info`,
    userinfo_endpoint: `${url}/oauth/userinfo`,
    registration_endpoint: `${url}/oauth/register`,
    jwks_uri: `${url}/.well-known/jwks.json`,
    scopes_supported: Object.keys(scopeDescriptions),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: methods,
    code_challenge_methods_supported: ['S256'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }
}
