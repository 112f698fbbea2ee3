// What the REST door serves, as it can be changed while the server runs: which schemas, the search path behind them,
// and the most rows.

import type { RestSettings } from '../../platform/project/settings/api-settings.ts'

export interface LiveRest {
  /** What the door serves. */
  current(): RestSettings
  /** What the catalog is to know; ahead of the door while it is read. */
  scope(): RestSettings
  /** `reload` reads the catalog; the door follows when it has, so that no request meets a schema nobody has read. */
  change(next: RestSettings, reload: () => Promise<void>): Promise<void>
}

/** Begins with what the configuration says. */
export function createLiveRest({ schemas, extraSearchPath, maxRows }: RestSettings): LiveRest {
  let current: RestSettings = { schemas, extraSearchPath, maxRows }
  let scope = current
  return {
    current: () => current,
    scope: () => scope,
    async change(next, reload) {
      scope = next
      await reload()
      current = next
    },
  }
}

/** Hands each call to what `make` makes of the present settings, made anew when they are others. */
export function followSettings<Request, Response>(
  { current }: Pick<LiveRest, 'current'>,
  make: (settings: RestSettings) => (request: Request) => Response,
): (request: Request) => Response {
  let settings = current()
  let made = make(settings)
  return (request) => {
    if (current() !== settings) {
      settings = current()
      made = make(settings)
    }
    return made(request)
  }
}
