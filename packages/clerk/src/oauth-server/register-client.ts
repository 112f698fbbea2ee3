// Dynamic client registration (RFC 7591), for instances that have turned it on.

import { isScope, scopesOf, usualScopes } from './scopes.ts'
import type { Instance } from '../state/instance/instance.ts'
import { insertOAuthApplication } from '../state/oauth/oauth-applications.ts'
import { isJsonObject } from '../tokens/json.ts'
import { OAuthError } from './oauth-error.ts'

const mostUris = 20

/** Registers an application and answers its id and, unless it is public, its secret. Its consent page cannot be turned off. */
export async function registerClient(instance: Instance, body: unknown): Promise<object> {
  const { dynamicRegistration } = (await instance.snapshot()).settings.oauthApplications
  if (!dynamicRegistration) throw new OAuthError('access_denied', 'Dynamic registration is not enabled.', 422)
  if (!isJsonObject(body)) throw badMetadata('The body is not a JSON object.')
  const redirectUris = requireRedirectUris(body['redirect_uris'])
  const scopes = scopesOf(textOf(body['scope']) ?? usualScopes)
  if (!scopes.every(isScope)) throw badMetadata('scope names one that is unknown.')
  const method = textOf(body['token_endpoint_auth_method']) ?? 'client_secret_basic'
  const made = await instance.store.atomically((store) =>
    insertOAuthApplication(store, {
      name: (textOf(body['client_name']) ?? 'Application').slice(0, 256),
      client_uri: requireClientUri(textOf(body['client_uri'])),
      scopes: scopes.join(' '),
      redirect_uris: redirectUris,
      public: method === 'none',
      dynamically_registered: true,
      consent_screen_enabled: true,
    }),
  )
  const { application, secret } = made
  return {
    client_id: application.clientId,
    client_id_issued_at: Math.floor(application.createdAt / 1000),
    ...(secret === null ? {} : { client_secret: secret, client_secret_expires_at: 0 }),
    client_name: application.name,
    client_uri: application.clientUri,
    redirect_uris: application.redirectUris,
    scope: application.scopes,
    token_endpoint_auth_method: secret === null ? 'none' : method,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
  }
}

/** It becomes a link on the consent page, where a person of the instance is signed in. */
function requireClientUri(uri: string | null): string | null {
  if (uri === null || /^https?:$/.test(URL.canParse(uri) ? new URL(uri).protocol : '')) return uri
  throw badMetadata('client_uri is no web address.')
}

function requireRedirectUris(value: unknown): readonly string[] {
  const uris = Array.isArray(value) ? value : []
  const good = uris.filter(
    (uri): uri is string =>
      typeof uri === 'string' && URL.canParse(uri) && /^(?!javascript|data|vbscript)[a-z][\w+.-]*:\/\//i.test(uri),
  )
  if (good.length === 0 || good.length < uris.length || good.length > mostUris) {
    throw new OAuthError('invalid_redirect_uri', 'redirect_uris must name at least one address, each with a scheme.')
  }
  return good
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function badMetadata(description: string): OAuthError {
  return new OAuthError('invalid_client_metadata', description)
}
