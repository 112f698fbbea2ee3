// The place of the bytes, as the configuration names it.

import { isRefusal } from '../../../refusal/refusal.ts'
import type { Blobs } from '../../../storage/blobs/blobs.ts'
import { openFiles } from '../../../storage/blobs/files/open-files.ts'
import type { BlobsConfig } from '../../../storage/config.ts'

/** Milliseconds that the start waits for a store to answer. */
const PATIENCE = 2000

interface OpenBlobs {
  readonly blobs: Blobs
  /** Sentences for whoever started the server. */
  readonly notices: readonly string[]
}

/** Opens it; a store that does not answer is told of, and refuses what is asked of it until it does. */
export async function openBlobs(config: BlobsConfig): Promise<OpenBlobs> {
  if (config.kind === 'files') return { blobs: await openFiles(config.folder), notices: [] }
  // Loaded for those who use it alone: it takes as long as the rest of the server.
  const { openS3 } = await import('../../../storage/blobs/s3/open-s3.ts')
  const blobs = openS3(config)
  return { blobs, notices: await noticesOf(async () => await blobs.probe(PATIENCE)) }
}

async function noticesOf(probe: () => Promise<void>): Promise<readonly string[]> {
  try {
    await probe()
    return []
  } catch (error) {
    if (!isRefusal(error) || error.code !== 'storage.bytes-unavailable') throw error
    return [`Storage: ${error.detail.reason}.${error.fix === undefined ? '' : ` ${error.fix}`}`]
  }
}
