import { afterAll, beforeAll, expect, test } from 'vitest'

import { type SignedInProvider, startSignedIn } from '../../../frontend-api/signed-in.test-support.ts'
import { bindDevBrowser, insertDevBrowser } from '../dev-browsers.ts'
import { changeSession } from '../sessions.ts'
import { readBrowserClients } from './browser-clients.ts'

let provider: SignedInProvider

beforeAll(async () => {
  provider = await startSignedIn()
})
afterAll(() => provider.stop())

/** Somebody signed in, with a dev browser for her client. */
async function atDevBrowser(username: string) {
  const browser = await provider.signedIn({ username })
  const { store } = provider
  const [row] = await store.db.query<{ id: string }>('select client_id as id from clerk.sessions where id = $1', [
    browser.sessionId,
  ])
  const clientId = row?.id ?? ''
  const token = await insertDevBrowser(store)
  await bindDevBrowser(store, token, clientId)
  const read = async () => (await readBrowserClients(store, 'devBrowser', [token])).get(token)
  return { ...browser, clientId, token, read }
}

test('one statement reads each browser’s client, its open sessions, and what their tokens say', async () => {
  const { store } = provider
  const [ada, eve] = [await atDevBrowser('ada_b'), await atDevBrowser('eve_b')]
  const [second, unbound] = [await insertDevBrowser(store), await insertDevBrowser(store)]
  await bindDevBrowser(store, second, ada.clientId)
  const read = await readBrowserClients(store, 'devBrowser', [ada.token, second, eve.token, unbound, 'dvb_nobody'])
  const shown = (id: string, browser: typeof ada) => ({
    id,
    sessions: [
      { id: browser.sessionId, status: 'active', subject: { user: { id: browser.userId }, organization: null } },
    ],
  })
  expect(read.get(ada.token)).toMatchObject(shown(ada.clientId, ada))
  expect(read.get(second)).toEqual(read.get(ada.token))
  expect(read.get(eve.token)).toMatchObject(shown(eve.clientId, eve))
  expect([read.get(unbound), read.has('dvb_nobody')]).toEqual([null, false])
})

test('the newest session comes first, and one that is over is not among them', async () => {
  const ann = await atDevBrowser('ann_b')
  const { store } = provider
  const again = await provider.openFor(ann.userId)
  await store.db.query('update clerk.sessions set client_id = $2 where id = $1', [again.sessionId, ann.clientId])
  const open = async () => (await ann.read())?.sessions.map(({ id }) => id)
  expect(await open()).toEqual([again.sessionId, ann.sessionId])
  await ann.post(`/client/sessions/${again.sessionId}/end`)
  expect(await open()).toEqual([ann.sessionId])
  await store.db.query('update clerk.sessions set expire_at = $2 where id = $1', [ann.sessionId, store.now()])
  expect(await ann.read()).toMatchObject({ id: ann.clientId, sessions: [] })
})

test('a session of a banned user stays her browser’s and has nothing to say', async () => {
  const max = await atDevBrowser('max_b')
  await provider.store.db.query('update clerk.users set banned = true where id = $1', [max.userId])
  expect(await max.read()).toMatchObject({ sessions: [{ id: max.sessionId, subject: null }] })
  const answer = await max.post(`/client/sessions/${max.sessionId}/tokens`)
  expect([answer.status, answer.code]).toEqual([404, 'resource_not_found'])
})

test('the active organization is told as it is now, with the role’s permissions', async () => {
  const olga = await atDevBrowser('olga_b')
  const { id } = await provider.backend('POST', '/organizations', { name: 'Works', created_by: olga.userId })
  const subject = async () => (await olga.read())?.sessions[0]?.subject?.organization
  expect(await subject()).toBeNull()
  await changeSession(provider.store, olga.sessionId, { active_organization_id: String(id) })
  expect(await subject()).toEqual({ id, slug: 'works', role: 'org:admin', permissions: [] })
  await provider.backend('DELETE', `/organizations/${String(id)}/memberships/${olga.userId}`)
  expect(await subject()).toBeNull()
})

test('a dev browser that is unknown is told so, whatever cookie comes with it', async () => {
  const kim = await atDevBrowser('kim_b')
  const path = `/client/sessions/${kim.sessionId}/tokens?__clerk_db_jwt=`
  const unknown = await kim.post(`${path}dvb_nobody`)
  expect([unknown.status, unknown.code]).toEqual([401, 'dev_browser_unauthenticated'])
  expect((await kim.post(`${path}${kim.token}`)).status).toBe(200)
})
