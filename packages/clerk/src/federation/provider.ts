// The providers of an instance: configured ones, and stand-ins of this server for the known ones that are not.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { Instance } from '../state/instance/instance.ts'
import { fakeClientId, fakeClientSecret, fakeIssuer } from './fake-provider/fake-credentials.ts'
import { knownProviders } from './known-providers.ts'
import type { OidcProviderSettings } from './provider-settings.ts'
import { strategyOf } from './strategy-of.ts'

/** A provider one can sign in with. */
export interface Provider {
  readonly key: string
  /** `oauth_google`; `oauth_custom_<key>` for one that Clerk's components have no button of their own for. */
  readonly strategy: string
  readonly name: string
  readonly fake: boolean
  readonly settings: OidcProviderSettings
}

/** The enabled providers: those that the settings list, and every configured one. */
export async function enabledProviders(instance: Instance): Promise<readonly Provider[]> {
  const { settings } = await instance.snapshot()
  return providersOf(instance, settings.authentication.social)
}

/** The providers of such a list of keys. */
export function providersOf(instance: Instance, social: readonly string[]): readonly Provider[] {
  const configured = new Map((instance.configured.oidcProviders ?? []).map((settings) => [settings.key, settings]))
  return [...new Set([...social, ...configured.keys()])].flatMap((key) => {
    const settings = configured.get(key)
    if (settings !== undefined) return [realProvider(settings)]
    // At a stand-in anybody is whom she says, so there is none in production.
    return instance.isDevelopment ? [fakeProvider(instance, key)] : []
  })
}

/** The enabled provider of a strategy. Refuses any other. */
export async function requireProvider(instance: Instance, strategy: string): Promise<Provider> {
  const providers = await enabledProviders(instance)
  const found = providers.find((provider) => provider.strategy === strategy)
  if (found !== undefined) return found
  const allowed = providers.map((provider) => provider.strategy)
  throw new ClerkRefusal('form_param_value_invalid', { param: 'strategy', value: strategy, allowed })
}

function realProvider(settings: OidcProviderSettings): Provider {
  const { key } = settings
  const known = knownProviders[key]
  return {
    key,
    strategy: strategyOf(key),
    name: settings.name ?? known?.name ?? key,
    fake: false,
    settings: { ...known?.settings, ...settings },
  }
}

function fakeProvider(instance: Instance, key: string): Provider {
  const { secretKey } = instance.configured
  return {
    key,
    strategy: strategyOf(key),
    name: knownProviders[key]?.name ?? key,
    fake: true,
    settings: {
      key,
      issuer: fakeIssuer(instance, key),
      clientId: fakeClientId,
      clientSecret: fakeClientSecret(secretKey, key),
    },
  }
}
