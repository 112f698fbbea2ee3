// What an operator says of a provider.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { knownProviders } from './known-providers.ts'

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

/** Refuses settings that lead to no provider, and names what is wrong below `where`, in the words of a configuration file. */
export function requireProviderSettings(providers: readonly OidcProviderSettings[], where: string): void {
  const keys = new Set(providers.map(({ key }) => key))
  if (keys.size < providers.length) throw badOption(where, 'a key of its own for each provider')
  for (const provider of providers) requireProviderForm(provider, `${where}.${provider.key}`)
}

function requireProviderForm(provider: OidcProviderSettings, option: string): void {
  const { key, clientId, issuer, discoveryUrl, authorizationEndpoint, tokenEndpoint } = provider
  if (!/^[a-z0-9_]+$/.test(key)) throw badOption(option, 'a key of lower-case letters, digits and _')
  if (clientId === '') throw badOption(`${option}.client_id`, 'the client id that the provider gave')
  const complete = authorizationEndpoint !== undefined && tokenEndpoint !== undefined
  const known = knownProviders[key]?.settings !== undefined
  if (!known && !complete && issuer === undefined && discoveryUrl === undefined) {
    throw badOption(option, 'an issuer, or the authorization and token endpoints')
  }
  for (const [name, value] of Object.entries(provider)) {
    const isAddress = name === 'issuer' || /(Endpoint|Url|Uri)$/.test(name)
    if (isAddress && !isWebAddress(value)) throw badOption(`${option}.${snakeCase(name)}`, 'an http(s) address')
  }
}

function isWebAddress(value: unknown): boolean {
  return typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value)
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function badOption(option: string, expected: string): ClerkRefusal {
  return new ClerkRefusal('option_invalid', { option, expected })
}
