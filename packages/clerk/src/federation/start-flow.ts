// The way to a provider: keeps what the way back is checked by, and says where the browser goes.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { Instance } from '../state/instance/instance.ts'
import { insertOAuthFlow, type OAuthFlow } from '../state/oauth/oauth-flows.ts'
import type { Store } from '../state/database/store.ts'
import { authorizationUrl, newProofs } from './authorization-url.ts'
import type { Provider } from './provider.ts'
import { providerEndpoints } from './provider-endpoints.ts'

/** Whose way it is, and what the request asked for. */
export interface FlowStart extends Pick<
  OAuthFlow,
  'clientId' | 'purpose' | 'subjectId' | 'redirectUrl' | 'completeUrl'
> {
  /** Where the browser reaches the Frontend API: its own address, or a proxy's. */
  readonly browserBase: string
  readonly additionalScopes: readonly string[]
  readonly prompt?: string | undefined
  readonly loginHint?: string | undefined
}

/** Where the provider sends people back to, under the address the browser knows us by. */
const callbackPath = '/v1/oauth_callback'

/** Begins a flow and hands back the address to send the browser to. Refuses where the provider cannot be reached. */
export async function startFlow(
  instance: Instance,
  store: Store,
  provider: Provider,
  start: FlowStart,
): Promise<string> {
  const { browserBase } = start
  const endpoint = await requireAuthorizationEndpoint(instance, provider, browserBase)
  const proofs = newProofs()
  const callbackUrl = `${browserBase}${callbackPath}`
  const { strategy } = provider
  const state = await insertOAuthFlow(store, { ...start, strategy, callbackUrl, ...proofs })
  return authorizationUrl(provider, { ...start, endpoint, state, proofs, callbackUrl })
}

async function requireAuthorizationEndpoint(
  instance: Instance,
  { settings, name, fake }: Provider,
  browserBase: string,
): Promise<string> {
  try {
    const { authorization } = await providerEndpoints(settings)
    // A stand-in's pages are this server's, so a browser that knows us by a proxy's address sees them there too.
    return fake ? authorization.replace(instance.frontendApiUrl(), browserBase) : authorization
  } catch (error) {
    throw new ClerkRefusal('oauth_fetch_user_error', { provider: name, reason: reasonOf(error) }, { cause: error })
  }
}

/** What a refusal says of a provider that cannot be reached, or whose answer does not hold. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
