// Providers that Clerk's components know by name and draw a button for. A client id is all that two of them need.

import type { OidcProviderSettings } from './provider-settings.ts'

interface KnownProvider {
  readonly name: string
  /** What a client id completes, where it does. */
  readonly settings?: Partial<OidcProviderSettings>
}

/** By key. Any of them has a stand-in on this server. */
export const knownProviders: Readonly<Record<string, KnownProvider>> = {
  google: { name: 'Google', settings: { issuer: 'https://accounts.google.com' } },
  github: {
    name: 'GitHub',
    settings: {
      authorizationEndpoint: 'https://github.com/login/oauth/authorize',
      tokenEndpoint: 'https://github.com/login/oauth/access_token',
      userinfoEndpoint: 'https://api.github.com/user',
      emailsEndpoint: 'https://api.github.com/user/emails',
      scopes: ['read:user', 'user:email'],
    },
  },
  apple: { name: 'Apple' },
  discord: { name: 'Discord' },
  facebook: { name: 'Facebook' },
  gitlab: { name: 'GitLab' },
  linkedin_oidc: { name: 'LinkedIn' },
  microsoft: { name: 'Microsoft' },
  notion: { name: 'Notion' },
  slack: { name: 'Slack' },
  spotify: { name: 'Spotify' },
  twitch: { name: 'Twitch' },
  x: { name: 'X / Twitter' },
}
