// The endpoints under /clients that read: browsers and the sessions open on them.

import { requireBody, requireText } from '../../parameters/body.ts'
import { pageOf } from '../../parameters/query.ts'
import { notFound } from '../../refusal/not-found.ts'
import { maybePaginated } from '../../resources/listing.ts'
import { sessionResource } from '../../resources/session.ts'
import { type Client, findClient, listClients } from '../../state/sessions/clients.ts'
import { type Session, sessionsOnClient } from '../../state/sessions/sessions.ts'
import type { Store } from '../../state/database/store.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const clientEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/clients', answer: clientList },
  { method: 'POST', path: '/clients/verify', answer: verifyClient },
  { method: 'GET', path: '/clients/:client_id', answer: clientById },
]

async function clientList({ store, query }: BackendRequest): Promise<object> {
  const { items, total } = await listClients(store, pageOf(query))
  const shown = await Promise.all(
    items.map(async (client) => ({ client, sessions: await sessionsOnClient(store, client.id) })),
  )
  return maybePaginated(query, { items: shown, total }, ({ client, sessions }) => clientResource(client, sessions))
}

async function clientById(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'client_id')
  return clientAnswer(request.store, await findClient(request.store, id), id)
}

/** The token is what the browser's `__client` cookie holds. */
async function verifyClient({ instance, store, body }: BackendRequest): Promise<object> {
  const token = requireText(requireBody(body, ['token']), 'token')
  return clientAnswer(store, await instance.findClientByToken(token), 'of this token')
}

async function clientAnswer(store: Store, client: Client | null, sought: string): Promise<object> {
  if (client === null) throw notFound('client', sought)
  return clientResource(client, await sessionsOnClient(store, client.id))
}

function clientResource(client: Client, sessions: readonly Session[]): object {
  return {
    object: 'client',
    id: client.id,
    session_ids: sessions.map(({ id }) => id),
    sessions: sessions.map(sessionResource),
    sign_in_id: client.signInId,
    sign_up_id: client.signUpId,
    last_active_session_id: client.lastActiveSessionId,
    last_authentication_strategy: client.lastAuthenticationStrategy,
    created_at: client.createdAt,
    updated_at: client.updatedAt,
  }
}
