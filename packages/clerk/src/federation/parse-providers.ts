// Providers as a configuration file writes them: a table for each, by its key.

import { readGiven } from '../profiles/read-given.ts'
import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { isJsonObject } from '../tokens/json.ts'
import { type OidcProviderSettings, requireProviderSettings } from './provider-settings.ts'

/** The form of a table; its values are never used. */
const form: Required<Omit<OidcProviderSettings, 'key'>> = {
  name: '',
  clientId: '',
  clientSecret: '',
  issuer: '',
  discoveryUrl: '',
  authorizationEndpoint: '',
  tokenEndpoint: '',
  userinfoEndpoint: '',
  jwksUri: '',
  emailsEndpoint: '',
  scopes: [],
  logoUrl: '',
}

/** Reads the tables, names in snake_case. Refuses `option_invalid` and names the setting below `where`. */
export function parseProviders(given: unknown, where: string): readonly OidcProviderSettings[] {
  if (!isJsonObject(given)) throw new ClerkRefusal('option_invalid', { option: where, expected: 'a table' })
  const providers = Object.entries(given).map(([key, table]) => {
    const place = { where: `${where}.${key}`, name: '', choices: {} }
    return { clientId: '', ...readGiven(table, form, place), key }
  })
  requireProviderSettings(providers, where)
  return providers
}
