// The two ways to sign in: a link that works once, for whoever sits at this machine or holds the secret key, and the
// password of the configuration.

import { Refusal } from '../../refusal/refusal.ts'
import { createAttempts } from './attempts.ts'
import { digestOf, isSame } from './digest.ts'
import { createOneTimeLinks } from './one-time-links.ts'
import { createSessions } from './sessions.ts'

export interface StudioAccess {
  /** False where the configuration has none. */
  readonly takesPassword: boolean
  /** A code for a link, and when it ends in Unix milliseconds. */
  createCode(): { readonly code: string; readonly expiresAt: number }
  /** A session's secret. Refuses `studio.link-spent`. */
  enterByCode(code: string): string
  /** A session's secret. Refuses `studio.password-wrong`, and `studio.too-many-attempts` without a look at the password. */
  enterByPassword(password: string, address: string): string
  isOpen(session: string): boolean
  leave(session: string): void
}

/** Nobody is in yet. `password` null takes links only. */
export function createStudioAccess(password: string | null, now: () => number): StudioAccess {
  const links = createOneTimeLinks()
  const sessions = createSessions()
  const attempts = createAttempts()
  const kept = password === null ? null : digestOf(password)
  return {
    takesPassword: kept !== null,
    createCode: () => links.create(now()),
    enterByCode(code) {
      if (links.use(code, now())) return sessions.begin(now())
      throw new Refusal('studio.link-spent', {}, { fix: 'Run `tenon studio` for another link.' })
    },
    enterByPassword(shown, address) {
      const wait = attempts.wait(address, now())
      if (wait > 0) throw new Refusal('studio.too-many-attempts', { retryAfter: Math.ceil(wait / 1000) })
      if (kept !== null && isSame(digestOf(shown), kept)) return sessions.begin(now())
      attempts.fail(address, now())
      throw new Refusal('studio.password-wrong', {}, { fix: 'It is [studio] password in supabase/config.toml.' })
    },
    isOpen: (session) => sessions.isOpen(session, now()),
    leave: (session) => sessions.end(session),
  }
}
