// Looks after the partitions for as long as the server runs.

import { type Kept, keepMessages } from './keep-messages.ts'

export interface UpkeepOptions {
  readonly database: Parameters<typeof keepMessages>[0]
  /** Days that messages are kept. */
  readonly days: number
  /** Unix milliseconds. */
  readonly now: () => number
  readonly report: (event: UpkeepEvent) => void
}

export type UpkeepEvent =
  | ({ readonly kind: 'messages-kept' } & Kept)
  /** Said once for each reason; it is tried again. */
  | { readonly kind: 'messages-not-kept'; readonly error: unknown }

export interface Upkeep {
  /** Waits for what is under way. */
  close(): Promise<void>
}

/** Often enough that a machine which slept over midnight soon has its partition. Milliseconds. */
const EVERY = 10 * 60_000

/** Begins at once. */
export function openUpkeep(options: UpkeepOptions): Upkeep {
  let said: string | null = null
  const keep = async (): Promise<void> => {
    try {
      const kept = await keepMessages(options.database, options.now(), options.days)
      said = null
      if (kept.made + kept.dropped > 0) options.report({ kind: 'messages-kept', ...kept })
    } catch (error) {
      const reason = String(error)
      if (reason !== said) options.report({ kind: 'messages-not-kept', error })
      said = reason
    }
  }
  let running = keep()
  const timer = setInterval(() => {
    running = running.then(keep)
  }, EVERY).unref()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}
