// Bytes whose row was deleted.

import type { Logger } from 'pino'

import type { StorageDatabase } from '../access/storage-database.ts'
import type { BlobId, Blobs } from '../blobs/blobs.ts'
import { leaveToSweep } from '../blobs/leave-to-sweep.ts'
import { removeOrphans } from './sweep-storage.ts'

interface DiscardParts {
  readonly database: StorageDatabase
  readonly blobs: Pick<Blobs, 'remove'>
  readonly log: Logger
}

/**
 * Removes them, but for those that another row names: SQL may have made a second row of the same version. Never refuses:
 * what cannot be looked up or removed now is the sweep's to find.
 */
export async function discardUnnamed(
  { database, blobs, log }: DiscardParts,
  versions: readonly (BlobId | null)[],
): Promise<void> {
  const named = versions.filter((version) => version !== null)
  await leaveToSweep(log, async () => await removeOrphans({ database, blobs }, named))
}
