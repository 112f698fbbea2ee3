// The token endpoint of a provider (RFC 6749 §4.1.3 and §6).

import { isJsonObject, type JsonObject } from '../tokens/json.ts'
import { providerPatience } from './provider-endpoints.ts'
import type { OidcProviderSettings } from './provider-settings.ts'

export interface GivenTokens {
  readonly accessToken: string
  readonly refreshToken: string | null
  readonly idToken: string | null
  /** Seconds from now; null where the provider does not say. */
  readonly expiresIn: number | null
  /** As granted, separated by spaces; null where it is what was asked for. */
  readonly scope: string | null
}

/** Asks for tokens. Throws with the provider's own error where it gives none. */
export async function requestTokens(
  endpoint: string,
  { clientId, clientSecret }: OidcProviderSettings,
  grant: Readonly<Record<string, string>>,
): Promise<GivenTokens> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    redirect: 'error',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({
      ...grant,
      client_id: clientId,
      ...(clientSecret !== undefined && { client_secret: clientSecret }),
    }),
    signal: AbortSignal.timeout(providerPatience),
  })
  const given: unknown = await answer.json().catch(() => null)
  if (!isJsonObject(given)) throw new Error(`the token endpoint answered ${answer.status} without JSON`)
  const { access_token: accessToken } = given
  // GitHub answers 200 with an `error` inside.
  if (typeof accessToken !== 'string') throw new Error(textOf(given, 'error') ?? `status ${answer.status}`)
  return {
    accessToken,
    refreshToken: textOf(given, 'refresh_token'),
    idToken: textOf(given, 'id_token'),
    expiresIn: typeof given['expires_in'] === 'number' ? given['expires_in'] : null,
    scope: textOf(given, 'scope')?.replaceAll(',', ' ') ?? null,
  }
}

function textOf(given: JsonObject, name: string): string | null {
  const value = given[name]
  return typeof value === 'string' && value !== '' ? value : null
}
