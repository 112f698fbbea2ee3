// What Clerk offers and this instance does not: each endpoint says which feature it would take, as Clerk says it of an
// instance that has not turned the feature on.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { FrontendEndpoint } from '../frontend-request.ts'

const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const

/** Paths (`*` takes the rest) and the feature behind each. */
const features: readonly (readonly [path: string, feature: string])[] = [
  ['/v1/client/sync', 'satellite_domains'],
  ['/v1/client/link', 'satellite_domains'],
  ['/v1/client/trusted_devices/*', 'trusted_devices'],
  ['/v1/client/hosted_auth', 'hosted_auth'],
  ['/v1/saml/*', 'saml'],
  ['/v1/enterprise_connections/*', 'enterprise_sso'],
  ['/v1/organizations/:organization_id/enterprise_connections', 'enterprise_sso'],
  ['/v1/organizations/:organization_id/enterprise_connections/*', 'enterprise_sso'],
  ['/v1/organizations/:organization_id/billing/*', 'billing'],
  ['/v1/billing/*', 'billing'],
  ['/v1/agents/tasks', 'agents'],
  ['/v1/account_portal', 'account_portal'],
  ['/v1/api_keys', 'api_keys'],
  ['/v1/api_keys/*', 'api_keys'],
  ['/api_keys', 'api_keys'],
  ['/api_keys/*', 'api_keys'],
]

export const notEnabledEndpoints: readonly FrontendEndpoint[] = features.flatMap(([path, feature]) =>
  methods.map((method): FrontendEndpoint => ({
    method,
    path,
    access: 'open',
    answer: async () => {
      throw new ClerkRefusal('feature_not_enabled', { feature })
    },
  })),
)
