// The place where blobs grow, beside the one where they are.

import { openGrowingFiles } from '../../../storage/blobs/files/resumable/open-growing-files.ts'
import type { GrowingBlobs } from '../../../storage/blobs/growing-blobs.ts'
import type { BlobsConfig } from '../../../storage/config.ts'

export interface OpenGrowing extends GrowingBlobs {
  close(): Promise<void>
}

export async function openGrowing(config: BlobsConfig): Promise<OpenGrowing> {
  if (config.kind === 's3') throw new Error('no driver for S3 yet')
  return await openGrowingFiles(config.folder)
}
