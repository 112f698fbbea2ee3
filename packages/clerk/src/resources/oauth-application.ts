// OAuth applications and their access tokens, as the Backend API prints them.

import type { Instance } from '../state/instance/instance.ts'
import type { OAuthApplication } from '../state/oauth/oauth-applications.ts'
import type { OAuthToken } from '../state/oauth/oauth-tokens.ts'

/** The application without its secret, which is told when it is made alone. */
export function oauthApplicationResource(instance: Instance, application: OAuthApplication): object {
  const url = instance.frontendApiUrl()
  return {
    object: 'oauth_application',
    id: application.id,
    instance_id: instance.id,
    name: application.name,
    client_id: application.clientId,
    client_uri: application.clientUri,
    client_image_url:
      application.logoImageId === null ? null : instance.store.imageUrlOf(application.id, application.logoImageId),
    dynamically_registered: application.dynamicallyRegistered,
    consent_screen_enabled: application.consentScreenEnabled,
    pkce_required: application.pkceRequired,
    public: application.public,
    scopes: application.scopes,
    redirect_uris: application.redirectUris,
    callback_url: application.redirectUris[0] ?? '',
    authorize_url: `${url}/oauth/authorize`,
    token_fetch_url: `${url}/oauth/token`,
    user_info_url: `${url}/oauth/userinfo`,
    discovery_url: `${url}/.well-known/openid-configuration`,
    token_introspection_url: `${url}/oauth/token_info`,
    created_at: application.createdAt,
    updated_at: application.updatedAt,
  }
}

/** Times are Unix milliseconds, as the SDK takes them. */
export function oauthAccessTokenResource(token: OAuthToken): object {
  return {
    object: 'clerk_idp_oauth_access_token',
    id: token.id,
    client_id: token.clientId,
    type: 'oauth:access_token',
    subject: token.userId,
    scopes: token.scopes.split(' ').filter((scope) => scope !== ''),
    revoked: false,
    revocation_reason: null,
    expired: false,
    expiration: token.expiresAt,
    created_at: token.createdAt,
    updated_at: token.updatedAt,
  }
}
