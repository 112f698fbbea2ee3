// Cleaning up after what was said already.

import type { Logger } from 'pino'

/** Never fails: whatever was said stays said, and bytes that `work` cannot remove go to the log and are the sweep's to find. */
export async function leaveToSweep(log: Logger, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    log.warn({ err: error }, 'bytes without a row could not be removed; they will be swept')
  }
}
