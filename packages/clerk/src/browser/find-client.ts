// Which client a browser is. In development the dev browser in the URL decides, because cookies may not cross sites;
// otherwise the cookie does.

import type { IncomingHttpHeaders } from 'node:http'

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import { insertClient } from '../state/sessions/clients.ts'
import { bindDevBrowser } from '../state/sessions/dev-browsers.ts'
import type { Instance } from '../state/instance/instance.ts'
import type { BrowserClient } from '../state/sessions/shared-reads/browser-clients.ts'
import { type Cookies, cookieSuffix, longLived, setCookie } from './cookies.ts'
import { isSecure } from './page-origin.ts'

/** What a browser shows of itself. */
export interface BrowserCredentials {
  readonly devBrowserToken: string | null
  readonly cookies: Cookies
}

/** The name of the cookie that holds a client's token; instances beside the default one have a name of their own. */
export function clientCookieName(instance: Instance): string {
  return instance.configured.name === 'default' ? '__client' : `__client_${cookieSuffix(instance.publishableKey)}`
}

/** The browser's client and who is signed in there, or null for one that has none. Refuses a dev browser that is unknown, which makes the SDK begin anew. */
export async function findBrowserClient(instance: Instance, shown: BrowserCredentials): Promise<BrowserClient | null> {
  if (shown.devBrowserToken !== null && instance.isDevelopment) {
    const devBrowser = await instance.findDevBrowser(shown.devBrowserToken)
    if (devBrowser === null) throw new ClerkRefusal('dev_browser_unauthenticated', {})
    return devBrowser.client
  }
  const token = shown.cookies.get(clientCookieName(instance))
  return token === undefined ? null : await instance.findClientByToken(token)
}

/**
 * Makes a client for a browser that has none, binds its dev browser to it, and hands back the cookie that carries it;
 * for https alone where the browser reaches us, or a trusted proxy, by that.
 */
export async function makeBrowserClient(
  instance: Instance,
  shown: BrowserCredentials,
  headers: IncomingHttpHeaders,
): Promise<{ readonly client: BrowserClient; readonly cookie: string }> {
  return await instance.store.atomically(async (store) => {
    const { client, token } = await insertClient(store)
    if (shown.devBrowserToken !== null) await bindDevBrowser(store, shown.devBrowserToken, client.id)
    return { client: { ...client, sessions: [] }, cookie: clientCookie(instance, token, isSecure(headers, instance)) }
  })
}

function clientCookie(instance: Instance, token: string, secure: boolean): string {
  return setCookie(clientCookieName(instance), token, { maxAge: longLived, httpOnly: true, secure })
}
