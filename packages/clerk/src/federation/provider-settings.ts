// What an operator says of a provider.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'

/** An OpenID Connect provider by its issuer, or any OAuth 2.0 one by its endpoints. */
export interface OidcProviderSettings {
  /** `google` and `github` replace the stand-ins; any other is a custom provider. Letters, digits and `_`. */
  readonly key: string
  /** On the button; the key when left out. */
  readonly name?: string
  readonly clientId: string
  /** Left out, the client is public: PKCE alone proves it. */
  readonly clientSecret?: string
  /** As the id_token's `iss` has it. The endpoints are read from its discovery document. */
  readonly issuer?: string
  /** Where that document is, when not under the issuer. */
  readonly discoveryUrl?: string
  readonly authorizationEndpoint?: string
  readonly tokenEndpoint?: string
  readonly userinfoEndpoint?: string
  readonly jwksUri?: string
  /** A list of the user's addresses, where the user info leaves them out as GitHub's does. */
  readonly emailsEndpoint?: string
  /** `openid email profile` when left out. */
  readonly scopes?: readonly string[]
  readonly logoUrl?: string
}

/** Refuses settings that lead to no provider. */
export function requireProviderSettings(providers: readonly OidcProviderSettings[]): void {
  const keys = new Set(providers.map(({ key }) => key))
  if (keys.size < providers.length) throw badOption('oidcProviders', 'a key of its own for each provider')
  for (const provider of providers) {
    const option = `oidcProviders.${provider.key}`
    if (!/^[a-z0-9_]+$/.test(provider.key)) throw badOption(option, 'a key of lower-case letters, digits and _')
    if (provider.clientId === '') throw badOption(`${option}.clientId`, 'the client id the provider gave')
    const complete = provider.authorizationEndpoint !== undefined && provider.tokenEndpoint !== undefined
    const known = provider.key === 'google' || provider.key === 'github'
    if (!known && !complete && provider.issuer === undefined && provider.discoveryUrl === undefined) {
      throw badOption(option, 'an issuer, or the authorization and token endpoints')
    }
    for (const [name, value] of Object.entries(provider)) {
      const address = /(Endpoint|Url|Uri)$/.test(name) || name === 'issuer'
      if (address && (typeof value !== 'string' || !/^https?:\/\//.test(value) || !URL.canParse(value))) {
        throw badOption(`${option}.${name}`, 'an http(s) address')
      }
    }
  }
}

function badOption(option: string, expected: string): ClerkRefusal {
  return new ClerkRefusal('option_invalid', { option, expected })
}
