// The client itself, and the dev browser that stands for it in development.

import { closeClientSessions } from '../../directory/sessions/client-sessions.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { deleteClient, lockClient } from '../../state/sessions/clients.ts'
import { insertDevBrowser } from '../../state/sessions/dev-browsers.ts'
import { clientCookieName } from '../../browser/find-client.ts'
import { setCookie } from '../../browser/cookies.ts'
import {
  bare,
  type ClientRequest,
  type FrontendAnswer,
  type FrontendEndpoint,
  type FrontendRequest,
  resource,
} from '../frontend-request.ts'
import { clientResource } from '../resources/client.ts'

export const clientEndpoints: readonly FrontendEndpoint[] = [
  { method: 'POST', path: '/v1/dev_browser', access: 'open', answer: createDevBrowser },
  { method: 'GET', path: '/v1/client', access: 'client', answer: client },
  { method: 'PUT', path: '/v1/client', access: 'client', answer: client },
  { method: 'POST', path: '/v1/client', access: 'client', answer: client },
  { method: 'DELETE', path: '/v1/client', access: 'client', answer: destroy },
  { method: 'DELETE', path: '/v1/client/sessions', access: 'client', answer: signOutEverywhere },
  { method: 'POST', path: '/v1/client/verify', access: 'client', answer: client },
]

/** Only development instances have dev browsers. */
async function createDevBrowser({ instance, store }: FrontendRequest): Promise<FrontendAnswer> {
  if (!instance.isDevelopment) {
    throw new ClerkRefusal('request_invalid_for_environment', { environment: 'development' })
  }
  const token = await insertDevBrowser(store)
  return bare({ object: 'dev_browser', id: token, token, home_origin: null, created_at: store.now() })
}

async function client({ instance, client: { id }, origin }: ClientRequest): Promise<FrontendAnswer> {
  return resource(await clientResource(instance, id, origin))
}

async function signOutEverywhere(request: ClientRequest): Promise<FrontendAnswer> {
  await request.store.atomically((store) => closeClientSessions(store, request.client.id, 'removed'))
  return await client(request)
}

/** Signs out everywhere and forgets the browser, at once: a sign-in that ends meanwhile would leave an open session behind. */
async function destroy(request: ClientRequest): Promise<FrontendAnswer> {
  const { instance, client: gone, origin } = request
  const last = await request.store.atomically(async (store) => {
    await lockClient(store, gone.id)
    await closeClientSessions(store, gone.id, 'removed')
    const shown = await clientResource({ ...instance, store }, gone.id, origin)
    await deleteClient(store, gone.id)
    return shown
  })
  return bare({ response: last, client: null }, [
    setCookie(clientCookieName(instance), '', { maxAge: 0, httpOnly: true }),
  ])
}
