// Bytes that no row names, or none names any more.

import type { Logger } from 'pino'

import type { BlobId, Blobs } from './blobs.ts'
import { leaveToSweep } from './leave-to-sweep.ts'

interface DiscardParts {
  readonly blobs: Pick<Blobs, 'remove'>
  readonly log: Logger
}

/** Never refuses: whatever the rows say stays said, and bytes that cannot be removed now are the sweep's to find. */
export async function discard({ blobs, log }: DiscardParts, versions: readonly (BlobId | null)[]): Promise<void> {
  const named = versions.filter((version) => version !== null)
  if (named.length === 0) return
  await leaveToSweep(log, async () => await blobs.remove(named))
}
