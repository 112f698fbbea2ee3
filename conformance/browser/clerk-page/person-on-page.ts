// A person at the page of Clerk's scripts: signed in, with one component before her.

import type { Page } from '@playwright/test'

import { openSession } from '../../../packages/clerk/src/directory/sessions/open-session.ts'
import { changeClient } from '../../../packages/clerk/src/state/sessions/clients.ts'
import { type ClerkDatabase, openDatabase } from '../../../packages/clerk/src/state/database/database.ts'
import { type Store, storeOf } from '../../../packages/clerk/src/state/database/store.ts'
import type { TestClerk } from '../../clerk-backend/running-clerk.ts'

/** Names of components that clerk-js can mount. */
type Component =
  | 'CreateOrganization'
  | 'OrganizationProfile'
  | 'OrganizationSwitcher'
  | 'OrganizationList'
  | 'SignIn'
  | 'SignUp'
  | 'UserProfile'

/** Opens sessions behind the Frontend API's back, so that these tests do not depend on sign-ins. */
export interface SignIns {
  /** Loads the page and signs a user in on its client. */
  signIn(page: Page, userId: string): Promise<void>
  close(): Promise<void>
}

/** Prepares to sign people in at a running provider. */
export function openSignIns({ database, instance }: TestClerk): SignIns {
  const own: ClerkDatabase = openDatabase(database.url('tenon_clerk'), () => undefined)
  const store: Store = storeOf(own, { instanceId: instance.id, now: Date.now, imageUrlOf: (id) => id })
  return {
    signIn: async (page, userId) => {
      await page.goto('/')
      await page.evaluate('window.ready')
      const clientId = String(await page.evaluate('window.Clerk.client.id'))
      const id = await openSession(store, { userId, activeOrganizationId: null, clientId })
      await changeClient(store, clientId, { last_active_session_id: id, updated_at: store.now() })
      await page.reload()
      await page.evaluate('window.ready')
    },
    close: () => own.close(),
  }
}

/** Puts a component on the page in the place of the one before. */
export async function show(page: Page, component: Component): Promise<void> {
  await page.evaluate(`{
    const place = document.createElement('div')
    document.querySelector('#place').replaceWith(place)
    place.id = 'place'
    window.Clerk.mount${component}(place)
  }`)
}
