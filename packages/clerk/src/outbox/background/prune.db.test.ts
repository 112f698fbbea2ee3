import { afterAll, beforeAll, expect, test } from 'vitest'

import { type SignedInProvider, startSignedIn } from '../../frontend-api/signed-in.test-support.ts'
import { insertClient } from '../../state/sessions/clients.ts'
import { type ClerkDatabase, openDatabase } from '../../state/database/database.ts'
import { bindDevBrowser, insertDevBrowser } from '../../state/sessions/dev-browsers.ts'
import { readBrowserClients } from '../../state/sessions/shared-reads/browser-clients.ts'
import { prune } from './prune.ts'

let provider: SignedInProvider
let own: ClerkDatabase

beforeAll(async () => {
  provider = await startSignedIn()
  own = openDatabase(provider.database.url('tenon_clerk'), () => undefined)
})

afterAll(async () => {
  await own.close()
  await provider.stop()
})

test('browsers that nobody has signed in on of late are forgotten, and no others', async () => {
  const { store } = provider
  const ada = await provider.signedIn({ email_address: ['stays@example.com'] })
  const visitor = async (): Promise<string> => {
    const token = await insertDevBrowser(store)
    await bindDevBrowser(store, token, (await insertClient(store)).client.id)
    return token
  }
  const [old, unbound] = [await visitor(), await insertDevBrowser(store)]
  provider.pass(60)
  const fresh = await visitor()
  await prune(own, [store.instanceId], store.now() - 1)
  expect(await prune(own, ['ins_another'], store.now() + 1)).toBeUndefined()
  expect([...(await readBrowserClients(store, 'devBrowser', [old, unbound, fresh])).keys()]).toEqual([fresh])
  expect((await ada.ask('/me')).status).toBe(200)
})
