// The gate before sensitive changes: https://clerk.com/docs/guides/secure/reverification lists them.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { requireUser } from '../../state/people/users.ts'
import type { FrontendAnswer, SessionRequest } from '../frontend-request.ts'
import { staleFactor, strictMinutes } from './factor-ages.ts'
import { sessionFactorsOf } from './factors.ts'

type Answer = (request: SessionRequest) => Promise<FrontendAnswer>

/** An endpoint's answer that is given to recently verified sessions alone. */
export function reverified(answer: Answer): Answer {
  return async (request) => {
    await requireReverified(request)
    return await answer(request)
  }
}

/** Refuses a session whose proof is older than ten minutes, where the instance asks for reverification at all. */
export async function requireReverified({ instance, store, session }: SessionRequest): Promise<void> {
  const { settings } = await instance.snapshot()
  if (!settings.authentication.reverification) return
  const { second } = sessionFactorsOf(await requireUser(store, session.userId), settings.authentication)
  const level = staleFactor(session, second.length > 0, store.now())
  if (level !== null) throw new ClerkRefusal('session_reverification_required', { level, afterMinutes: strictMinutes })
}
