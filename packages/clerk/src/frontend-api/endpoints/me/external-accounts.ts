// The accounts with other providers in one's own profile.

import { disconnectAccount, forgetTokens, requireAccountOf } from '../../../directory/people/connected-accounts.ts'
import { startFlow } from '../../../federation/start-flow.ts'
import { type Provider, requireProvider } from '../../../federation/provider.ts'
import { optionalText, requireText, texts } from '../../../parameters/body.ts'
import { externalAccountResource } from '../../../resources/external-account.ts'
import { deletion } from '../../../resources/listing.ts'
import {
  changeExternalAccount,
  deleteUnprovenAccounts,
  insertExternalAccount,
  requireExternalAccount,
} from '../../../state/people/external-accounts.ts'
import {
  type FrontendAnswer,
  type FrontendEndpoint,
  pathValue,
  resource,
  type SessionRequest,
} from '../../frontend-request.ts'
import { type FlowAddresses, flowAddresses } from '../../serving/flow-addresses.ts'
import { reverified } from '../../reverification/reverified.ts'
import { meAnswer } from './profile.ts'
import { removing } from './own-identification.ts'

const one = '/v1/me/external_accounts/:external_account_id'

export const externalAccountEndpoints: readonly FrontendEndpoint[] = [
  { method: 'POST', path: '/v1/me/external_accounts', access: 'session', answer: reverified(connect) },
  { method: 'PATCH', path: `${one}/reauthorize`, access: 'session', answer: reauthorize },
  { method: 'DELETE', path: `${one}/tokens`, access: 'session', answer: revokeTokens },
  { method: 'DELETE', path: one, access: 'session', answer: reverified(disconnect) },
]

async function connect(request: SessionRequest): Promise<FrontendAnswer> {
  const { instance, store, session, form } = request
  const provider = await requireProvider(instance, requireText(form, 'strategy'))
  const { strategy } = provider
  const addresses = await flowAddresses(request)
  const id = await store.atomically(async (inner) => {
    await deleteUnprovenAccounts(inner, session.userId, strategy)
    return await insertExternalAccount(inner, strategy, { user_id: session.userId })
  })
  await changeExternalAccount(store, id, { verification_url: await startConnection(request, provider, id, addresses) })
  return await account(request, id)
}

/** Asks the provider again, for more scopes. The account stays proven meanwhile. */
async function reauthorize(request: SessionRequest): Promise<FrontendAnswer> {
  const { instance, store, session } = request
  const { id, strategy } = await requireAccountOf(store, session.userId, pathValue(request, 'external_account_id'))
  const provider = await requireProvider(instance, strategy)
  const url = await startConnection(request, provider, id, await flowAddresses(request))
  await changeExternalAccount(store, id, { verification_url: url })
  return await account(request, id)
}

async function startConnection(
  request: SessionRequest,
  provider: Provider,
  accountId: string,
  addresses: FlowAddresses,
): Promise<string> {
  const { instance, store, client, form } = request
  return await startFlow(instance, store, provider, {
    ...addresses,
    clientId: client.id,
    purpose: 'connect',
    subjectId: accountId,
    additionalScopes: texts(form, 'additional_scope').filter((scope) => scope !== ''),
    prompt: optionalText(form, 'oidc_prompt') || undefined,
    loginHint: optionalText(form, 'oidc_login_hint') || undefined,
  })
}

async function account({ store }: SessionRequest, id: string): Promise<FrontendAnswer> {
  return resource(externalAccountResource(await requireExternalAccount(store, id)))
}

async function disconnect(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, session } = request
  const { id } = await requireAccountOf(store, session.userId, pathValue(request, 'external_account_id'))
  await removing(request, id, (inner) => disconnectAccount(inner, session.userId, id))
  return resource(deletion('external_account', id))
}

async function revokeTokens(request: SessionRequest): Promise<FrontendAnswer> {
  await forgetTokens(request.store, request.session.userId, pathValue(request, 'external_account_id'))
  return await meAnswer(request)
}
