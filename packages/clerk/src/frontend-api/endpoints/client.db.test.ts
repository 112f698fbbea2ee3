import { afterAll, beforeAll, expect, test } from 'vitest'

import { findClient } from '../../state/sessions/clients.ts'
import { requireSession } from '../../state/sessions/sessions.ts'
import { type SignedInProvider, startSignedIn } from '../signed-in.test-support.ts'

let provider: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn()
})

afterAll(async () => {
  await provider.stop()
})

test('a browser that is forgotten is signed out everywhere', async () => {
  const { store } = provider
  const ada = await provider.signedIn({ email_address: ['forgets@example.com'] })
  const { clientId } = await requireSession(store, ada.sessionId)
  const types = await provider.eventsOf(async () => {
    const { status, body } = await ada.ask('/client', { method: 'DELETE' })
    expect([status, body['client']]).toEqual([200, null])
    expect(body['response']).toMatchObject({ object: 'client', id: clientId, sessions: [] })
  })
  expect(types).toEqual(['session.removed'])
  expect(await requireSession(store, ada.sessionId)).toMatchObject({ status: 'removed' })
  expect(await findClient(store, clientId)).toBeNull()
})

test('one that cannot be forgotten stays signed in', async () => {
  const { store, database } = provider
  const ada = await provider.signedIn({ email_address: ['stays@example.com'] })
  await database.query(
    `create function public.keep() returns trigger language plpgsql as $$ begin raise 'kept'; end $$;
     create trigger keep before delete on clerk.clients for each row execute function public.keep()`,
    'supabase_admin',
  )
  const types = await provider.eventsOf(async () => {
    expect((await ada.ask('/client', { method: 'DELETE' })).status).toBe(500)
  })
  expect(types).toEqual([])
  expect(await requireSession(store, ada.sessionId)).toMatchObject({ status: 'active' })
  await database.query('drop trigger keep on clerk.clients', 'supabase_admin')
})
