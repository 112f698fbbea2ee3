// Cleaning up after something that was refused.

import type { Logger } from 'pino'

/** Never fails, so that what was refused is what is said: what `work` cannot remove goes to the log and is the sweep's to find. */
export async function leaveToSweep(log: Logger, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    log.warn({ err: error }, 'what an upload left could not be removed; it will be swept')
  }
}
