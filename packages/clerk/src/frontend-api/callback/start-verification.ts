// The beginning of a sign-in or sign-up with another provider: a verification that shows where the browser has to go.

import { requireProvider } from '../../federation/provider.ts'
import { startFlow } from '../../federation/start-flow.ts'
import { optionalText, requireText } from '../../parameters/body.ts'
import { newId } from '../../state/database/ids.ts'
import { insertVerification, type Verification } from '../../state/sessions/verifications.ts'
import { flowAddresses } from '../serving/flow-addresses.ts'
import type { ClientRequest } from '../frontend-request.ts'

const lifetime = 600_000

/** Begins one by the form's strategy. Refuses a provider that is not enabled, and addresses that redirects may not lead to. */
export async function startProviderVerification(
  request: ClientRequest,
  purpose: 'sign_in' | 'sign_up',
): Promise<Verification> {
  const { instance, store, client, form } = request
  const provider = await requireProvider(instance, requireText(form, 'strategy'))
  const id = newId('ver')
  const url = await startFlow(instance, store, provider, {
    ...(await flowAddresses(request)),
    clientId: client.id,
    purpose,
    subjectId: id,
    additionalScopes: [],
    prompt: optionalText(form, 'oidc_prompt') || undefined,
    loginHint: optionalText(form, 'oidc_login_hint') || optionalText(form, 'identifier') || undefined,
  })
  return await insertVerification(store, {
    id,
    strategy: provider.strategy,
    clientId: client.id,
    secretDigest: null,
    detail: { external_verification_redirect_url: url },
    lifetime,
  })
}
