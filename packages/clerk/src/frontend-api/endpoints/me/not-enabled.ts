// What an instance of Clerk's may offer in a profile and this one never does. The SDKs' components ask for these only
// where the environment says that they are on, and it never does.

import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { type FrontendEndpoint, resource } from '../../frontend-request.ts'

const features: readonly (readonly [path: string, feature: string])[] = [
  ['/v1/me/web3_wallets', 'web3 wallets'],
  ['/v1/me/trusted_devices', 'trusted devices'],
  ['/v1/me/billing', 'billing'],
  ['/v1/me/tokens', 'tokens of other services'],
]

const methods = ['GET', 'POST', 'PATCH', 'DELETE'] as const

export const disabledProfileEndpoints: readonly FrontendEndpoint[] = [
  // `<UserProfile/>` reads this list where enterprise accounts are on; there are none.
  { method: 'GET', path: '/v1/me/enterprise_connections', access: 'session', answer: async () => resource([]) },
  ...features.flatMap(([path, feature]) =>
    methods.flatMap((method): FrontendEndpoint[] => [
      { method, path, access: 'session', answer: async () => refuse(feature) },
      { method, path: `${path}/*`, access: 'session', answer: async () => refuse(feature) },
    ]),
  ),
]

function refuse(feature: string): never {
  throw new ClerkRefusal('feature_not_enabled', { feature })
}
