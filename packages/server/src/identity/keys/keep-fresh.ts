// Keeps the keys of all trusted issuers fresh in the background.

import type { IssuerRegistry } from './issuer-registry.ts'

export interface Freshener {
  /** Fetches now and whenever keys grow old. */
  start(): void
  /** The issuers are others now: fetches what is new, where it was started. */
  renew(): void
  stop(): void
}

const refreshEveryMilliseconds = 60_000

/** Does nothing until it is started. */
export function keepFresh(registry: IssuerRegistry): Freshener {
  let timer: NodeJS.Timeout | null = null
  const eachIssuer = (refresh: 'warmUp' | 'refreshIfStale'): void => {
    for (const { keys } of registry.all()) void keys[refresh]()
  }
  return {
    start() {
      eachIssuer('warmUp')
      timer ??= setInterval(() => eachIssuer('refreshIfStale'), refreshEveryMilliseconds).unref()
    },
    renew() {
      if (timer !== null) eachIssuer('warmUp')
    },
    stop() {
      if (timer !== null) clearInterval(timer)
      timer = null
    },
  }
}
