// The place of the bytes, as the configuration names it.

import type { Blobs } from '../../../storage/blobs/blobs.ts'
import { openFiles } from '../../../storage/blobs/files/open-files.ts'
import type { BlobsConfig } from '../../../storage/config.ts'

export async function openBlobs(config: BlobsConfig): Promise<Blobs> {
  if (config.kind === 's3') throw new Error('no driver for S3 yet')
  return await openFiles(config.folder)
}
