// Sweeps resumable uploads that were given up, when the server starts and for as long as it runs.

import type { StorageDeps } from '../../../storage/door/storage-deps.ts'
import { sweepUploads } from '../../../storage/resumable/ending/sweep-uploads.ts'
import { resumableUploads } from '../../../storage/resumable/rows/resumable-uploads.ts'

/** Milliseconds. Nobody waits for it: what is over is refused before it is swept. */
const EVERY = 10 * 60_000

/** Begins at once, in the background. Closing waits for what is under way. */
export function openResumableSweep(deps: Pick<StorageDeps, 'database' | 'growing' | 'locks' | 'config' | 'log'>): {
  close(): Promise<void>
} {
  const { database, growing, locks, config, log } = deps
  const rows = resumableUploads(database)
  const sweep = async (): Promise<void> => {
    try {
      const swept = await sweepUploads({ rows, growing, locks }, config.uploadExpiry)
      if (swept > 0) log.info({ swept }, 'resumable uploads swept')
    } catch (err) {
      log.warn({ err }, 'resumable uploads not swept')
    }
  }
  let running = sweep()
  const timer = setInterval(() => {
    running = running.then(sweep)
  }, EVERY).unref()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}
