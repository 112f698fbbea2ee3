// How fast somebody may try: guesses at one account lock it, and guesses at many are slowed down by the browser and
// the network address they come from. Counted in this process.

import { ClerkRefusal } from '../refusal/clerk-refusal.ts'
import type { Instance } from '../state/instance.ts'
import type { FrontendEndpoint, FrontendRequest } from './frontend-request.ts'

const span = 60_000

/** What takes a password or a code, or sends one. */
const slowed = /\/(attempt|prepare)_|\/sign_(ins|ups)$|\/(reset|change)_password$|\/waitlist$/

/** Moments of the attempts of the last minute, by who made them. */
type Attempts = Map<string, number[]>

const attemptsOf = new WeakMap<Instance, Attempts>()

/** Refuses an attempt beyond the number that the instance takes in a minute, and says when the next one may come. */
export async function requirePatience(endpoint: FrontendEndpoint, request: FrontendRequest): Promise<void> {
  if (endpoint.method !== 'POST' || !slowed.test(endpoint.path)) return
  const { instance, client, ipAddress, store } = request
  const { browser, address } = (await instance.snapshot()).settings.authentication.attemptsPerMinute
  const attempts = attemptsOf.get(instance) ?? new Map<string, number[]>()
  attemptsOf.set(instance, attempts)
  const now = store.now()
  forget(attempts, now)
  if (client !== null) requireFew(attempts, client.id, browser, now)
  requireFew(attempts, ipAddress, address, now)
}

function requireFew(attempts: Attempts, who: string, most: number, now: number): void {
  const recent = attempts.get(who) ?? []
  const first = recent.at(-most)
  if (first !== undefined) {
    throw new ClerkRefusal('too_many_requests', {
      retryAfterSeconds: Math.max(1, Math.ceil((first + span - now) / 1000)),
    })
  }
  recent.push(now)
  attempts.set(who, recent)
}

function forget(attempts: Attempts, now: number): void {
  for (const [who, moments] of attempts) {
    const recent = moments.filter((moment) => moment > now - span && moment <= now)
    if (recent.length === 0) attempts.delete(who)
    else if (recent.length < moments.length) attempts.set(who, recent)
  }
}
