// An upload under way, as `storage.resumable_uploads` keeps it over requests and restarts. How much of it has come is
// not in the row: the bytes themselves say that.

import type { BlobId } from '../../blobs/blobs.ts'

/** Keys and values of `Upload-Metadata`; a key without a value is null. */
export type UploadMetadata = Readonly<Record<string, string | null>>

export interface ResumableUpload {
  readonly version: BlobId
  readonly bucket: string
  readonly name: string
  /** `sub` of whoever began it, or of who signed for it. */
  readonly ownerId: string | null
  /** The role of whoever began it. */
  readonly role: string
  /** Begun with a signed token instead of a session. */
  readonly signed: boolean
  readonly upsert: boolean
  /** Bytes it will have; null where it is not known yet. */
  readonly size: number | null
  readonly metadata: UploadMetadata
  /** Milliseconds since 1970. */
  readonly createdAt: number
  /** Its object is in place, or was. */
  readonly completed: boolean
}
