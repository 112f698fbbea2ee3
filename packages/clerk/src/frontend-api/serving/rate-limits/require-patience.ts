// How fast somebody may try: guesses at one account lock it, and guesses at many are slowed down by the browser and
// the network they come from. Counted in this process.

import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import type { Instance } from '../../../state/instance/instance.ts'
import type { FrontendEndpoint, FrontendRequest } from '../../frontend-request.ts'
import { networkOf } from './network-of.ts'
import { type Windows, windowsOf } from './windows.ts'

const span = 60_000

/** What takes a password or a code, or sends one. */
const slowed: Readonly<Partial<Record<FrontendEndpoint['method'], RegExp>>> = {
  POST: /\/(attempt|prepare)_|\/sign_(ins|ups)$|\/(reset|change)_password$|\/waitlist$/,
  PATCH: /\/sign_ups\//,
}

/** Apart, so that however many browsers somebody makes, her address is remembered. */
interface Attempts {
  readonly byBrowser: Windows
  readonly byAddress: Windows
}

const attemptsAt = new WeakMap<Instance, Attempts>()

/** Refuses an attempt beyond the number that the instance takes in a minute, and says when the next one may come. */
export async function requirePatience({ method, path }: FrontendEndpoint, request: FrontendRequest): Promise<void> {
  if (slowed[method]?.test(path) !== true) return
  const { instance, client, ipAddress, store } = request
  const { browser, address } = (await instance.snapshot()).settings.authentication.attemptsPerMinute
  const attempts = attemptsAt.get(instance) ?? { byBrowser: windowsOf(span), byAddress: windowsOf(span) }
  attemptsAt.set(instance, attempts)
  if (client !== null) requireFew(attempts.byBrowser, client.id, browser, store.now())
  requireFew(attempts.byAddress, networkOf(ipAddress), address, store.now())
}

function requireFew(attempts: Windows, who: string, most: number, now: number): void {
  const wait = attempts.claim(who, most, now)
  if (wait !== null) throw new ClerkRefusal('too_many_requests', { retryAfterSeconds: Math.ceil(wait / 1000) })
}
