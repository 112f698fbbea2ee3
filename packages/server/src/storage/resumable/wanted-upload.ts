// What the metadata of an upload says about the object it becomes.

import type { StorageOperation } from '../access/operations.ts'
import { readUserMetadata } from '../objects/upload/incoming-file.ts'
import type { WantedUpload } from '../objects/uploads.ts'
import type { ResumableUpload } from './rows/resumable-upload.ts'

/** `size` where more is known of it than the row says. */
export function wantedUpload(
  {
    version,
    bucket,
    name,
    upsert,
    size,
    metadata,
  }: Pick<ResumableUpload, 'version' | 'bucket' | 'name' | 'upsert' | 'size' | 'metadata'>,
  operation: StorageOperation,
): WantedUpload {
  return {
    bucket,
    name,
    contentType: nonEmpty(metadata['contentType']),
    cacheControl: cacheControlOf(metadata['cacheControl']),
    userMetadata: readUserMetadata(metadata['metadata'] ?? undefined),
    upsert,
    size,
    ...(operation !== 'storage.tus.upload.create' && { begun: version }),
    operation,
  }
}

/** Seconds, as the SDKs send them; anything else is not kept, as upstream has it. */
function cacheControlOf(seconds: string | null | undefined): string {
  return /^-?\d+$/.test(seconds ?? '') ? `max-age=${seconds}` : 'no-cache'
}

function nonEmpty(text: string | null | undefined): string | null {
  return text === undefined || text === '' ? null : text
}
