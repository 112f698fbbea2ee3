// What a provider is called in requests.

import { knownProviders } from './known-providers.ts'

/** `oauth_google`; `oauth_custom_acme` for a provider that Clerk's components do not know by name. */
export function strategyOf(key: string): string {
  return Object.hasOwn(knownProviders, key) ? `oauth_${key}` : `oauth_custom_${key}`
}
