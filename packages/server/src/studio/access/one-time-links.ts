// The codes of links that sign in once: whoever can read the terminal, or has the secret key, has one.

import { digestOf, isSame, newSecret } from './digest.ts'

export interface OneTimeLinks {
  /** A new code and when it ends, in Unix milliseconds. */
  create(now: number): { readonly code: string; readonly expiresAt: number }
  /** True once for each code, before it ends. */
  use(code: string, now: number): boolean
}

/** Milliseconds. */
const LIFE = 10 * 60_000
/** The oldest make room for new ones. */
const MOST = 20

/** None yet. */
export function createOneTimeLinks(): OneTimeLinks {
  let open: readonly { readonly digest: Buffer; readonly expiresAt: number }[] = []
  return {
    create(now) {
      const code = newSecret()
      const expiresAt = now + LIFE
      open = [...open, { digest: digestOf(code), expiresAt }].slice(-MOST)
      return { code, expiresAt }
    },
    use(code, now) {
      const shown = digestOf(code)
      const found = open.filter(({ digest }) => isSame(digest, shown))
      open = open.filter((link) => link.expiresAt > now && !found.includes(link))
      return found.some(({ expiresAt }) => expiresAt > now)
    },
  }
}
