// Sweeps when the server starts and every hour, behind everything else.

import type { Logger } from 'pino'

import { type SweepDeps, sweepStorage } from './sweep-storage.ts'

/** Milliseconds. */
const EVERY = 3_600_000

export interface Sweeping {
  /** Resolves once the round under way has stopped. */
  stop(): Promise<void>
}

/** Begins at once, and waits for nothing. What fails is logged, and tried again in the next round. */
export function keepSweeping(deps: SweepDeps & { readonly log: Logger }): Sweeping {
  const { log } = deps
  const stopping = new AbortController()
  const round = async (): Promise<void> => {
    try {
      const swept = await sweepStorage(deps, stopping.signal)
      if (swept.left > 0)
        log.warn(swept, 'bytes without a row are left: the database has no objects; see tenon doctor storage')
      else if (swept.orphans + swept.unfinished > 0) log.info(swept, 'bytes that no object has were removed')
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ err: error }, 'Storage could not be swept')
    }
  }
  let running = round()
  const timer = setInterval(() => {
    running = running.then(round)
  }, EVERY)
  timer.unref()
  return {
    async stop() {
      clearInterval(timer)
      stopping.abort()
      await running
    },
  }
}
