// Who is signed in. In memory: a restart asks everybody to sign in again.

import { digestOf, newSecret } from './digest.ts'

export interface Sessions {
  /** The secret of a new session, for the cookie. */
  begin(now: number): string
  /** True while it lasts; being asked for keeps it from ending for want of use. */
  isOpen(secret: string, now: number): boolean
  end(secret: string): void
}

const HOUR = 3_600_000
/** Milliseconds without a request after which a session ends. */
const IDLE = 12 * HOUR
/** Milliseconds after which it ends in any case. */
const LONGEST = 7 * 24 * HOUR
/** The oldest make room for new ones. */
const MOST = 100

interface Session {
  readonly startedAt: number
  readonly seenAt: number
}

/** Nobody yet. Found by digest, so that how long the search takes tells nothing of a secret. */
export function createSessions(): Sessions {
  const open = new Map<string, Session>()
  return {
    begin(now) {
      const secret = newSecret()
      open.set(keyOf(secret), { startedAt: now, seenAt: now })
      for (const oldest of open.keys()) {
        if (open.size <= MOST) break
        open.delete(oldest)
      }
      return secret
    },
    isOpen(secret, now) {
      const key = keyOf(secret)
      const session = open.get(key)
      if (session === undefined) return false
      if (now - session.seenAt >= IDLE || now - session.startedAt >= LONGEST) {
        open.delete(key)
        return false
      }
      open.set(key, { ...session, seenAt: now })
      return true
    },
    end: (secret) => void open.delete(keyOf(secret)),
  }
}

function keyOf(secret: string): string {
  return digestOf(secret).toString('base64url')
}
