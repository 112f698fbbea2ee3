// The place where blobs grow, beside the one where they are.

import { openGrowingFiles } from '../../../storage/blobs/files/resumable/open-growing-files.ts'
import type { GrowingBlobs } from '../../../storage/blobs/growing-blobs.ts'
import type { BlobsConfig } from '../../../storage/config.ts'

export interface OpenGrowing extends GrowingBlobs {
  close(): Promise<void>
}

/** A store that does not answer is no hindrance; a folder that cannot be used is. */
export async function openGrowing(config: BlobsConfig): Promise<OpenGrowing> {
  if (config.kind === 'files') return await openGrowingFiles(config.folder)
  const { openGrowingObjects } = await import('../../../storage/blobs/s3/resumable/open-growing-objects.ts')
  return openGrowingObjects(config)
}
