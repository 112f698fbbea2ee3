// GET /me/oauth/consent/:client_id: what `<OAuthConsent/>` shows of an application that asks.

import { requireOAuthClient } from '../../oauth-server/authorization-request.ts'
import { isScope, scopeDescriptions, scopesOf, usualScopes } from '../../oauth-server/scopes.ts'
import {
  type FrontendAnswer,
  type FrontendEndpoint,
  pathValue,
  resource,
  type SessionRequest,
} from '../frontend-request.ts'

export const oauthConsentEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: '/v1/me/oauth/consent/:client_id', access: 'session', answer: consentInfo },
]

async function consentInfo(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, query } = request
  const application = await requireOAuthClient(store, pathValue(request, 'client_id'))
  const asked = query.get('redirect_uri')
  const known = asked !== null && application.redirectUris.includes(asked)
  return resource({
    object: 'oauth_consent_info',
    id: application.id,
    oauth_application_name: application.name,
    oauth_application_logo_url:
      application.logoImageId === null ? null : store.imageUrlOf(application.id, application.logoImageId),
    oauth_application_url: application.clientUri,
    client_id: application.clientId,
    state: query.get('state') ?? '',
    redirect_domain: known ? domainOf(asked) : null,
    scopes: scopesOf(query.get('scope') ?? usualScopes).map((scope) => ({
      scope,
      description: isScope(scope) ? scopeDescriptions[scope] : null,
      requires_consent: scope !== 'openid',
    })),
  })
}

/** The host where an address leads, or null for one on this machine or without a name. */
function domainOf(address: string): string | null {
  const { hostname } = new URL(address)
  return hostname.includes('.') && !/^[\d.]+$/.test(hostname) ? hostname : null
}
