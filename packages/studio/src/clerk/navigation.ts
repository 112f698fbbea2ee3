// The screens of one Clerk instance, in the order of the sidebar.

import type { NavigationEntry } from '../app/navigation.ts'

/** Where each is, below `/clerk/<instance>`. */
export const clerkScreens: readonly (NavigationEntry & { readonly to: `/${string}` })[] = [
  { label: 'Users', to: '/users', words: 'people ban impersonate metadata' },
  { label: 'Organizations', to: '/organizations', words: 'members invitations roles permissions' },
  { label: 'Sessions', to: '/sessions', words: 'customize session token claims' },
  { label: 'JWT Templates', to: '/jwt-templates', words: 'supabase signing key HS256' },
  { label: 'Connect with Supabase', to: '/connect-supabase', words: 'integrations activate domain' },
  { label: 'User & Authentication', to: '/authentication', words: 'factors email phone password passkey social' },
  { label: 'Restrictions', to: '/restrictions', words: 'allowlist blocklist waitlist sign-up mode' },
  { label: 'Webhooks', to: '/webhooks', words: 'endpoints attempts replay svix' },
  { label: 'API keys', to: '/api-keys', words: 'publishable secret JWKS signing keys rotate' },
]

/** The entries of the sidebar, which lead to the default instance. */
export const clerkNavigation: readonly NavigationEntry[] = clerkScreens.map((screen) => ({
  ...screen,
  to: `/clerk/default${screen.to}`,
}))
