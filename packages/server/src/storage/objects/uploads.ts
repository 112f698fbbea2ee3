// The two ends of every upload, whichever protocol brings the bytes: asking whether it may be, and putting it in place.

import type { Caller } from '../access/caller.ts'
import type { StorageOperation } from '../access/operations.ts'
import type { BlobId, WrittenBlob } from '../blobs/blobs.ts'
import type { BucketRow, ObjectRow } from '../rows/object-row.ts'

export interface WantedUpload {
  readonly bucket: string
  readonly name: string
  /** As it was declared; null where it was not. */
  readonly contentType: string | null
  readonly cacheControl: string
  readonly userMetadata: Readonly<Record<string, unknown>> | null
  /** The value of the header; absent where none came. */
  readonly robotsTag?: string
  /** Whether it may take the place of another object of that name. */
  readonly upsert: boolean
  /** Bytes, where they are known beforehand. */
  readonly size: number | null
  /** The version under which it is under way already. Of a known size, it has its share of a quota since then. */
  readonly begun?: BlobId
  readonly operation: StorageOperation
}

export interface AdmittedUpload {
  readonly wanted: WantedUpload
  readonly bucket: BucketRow
  /** `sub` of whoever uploads. */
  readonly ownerId: string | null
  /** Under this id the bytes are to be written. */
  readonly version: BlobId
  /** Bytes that it may have, by the project, the bucket and its quota. */
  readonly limit: number
  /** Which of them it is that holds. */
  readonly limitedBy: 'size' | 'quota'
  /** The id of the object whose place it may take: of the one that was there when it was admitted. Null for none. */
  readonly replaces: string | null
  /**
   * Of the one that is there now, which came meanwhile: its id, or a refusal. Null where nobody can be asked any more, and the
   * object is to have the id of what it may replace.
   */
  readonly askAgain: (() => Promise<string | null>) | null
}

/** Of an upload that is `resumed` the bytes stay where it may be put in place later: its client asks for no more than that. */
export type Retry = 'resumed' | 'from-the-beginning'

export interface Uploads {
  /**
   * Asks the policies in the caller's name and the bucket about its limits; writes nothing. Refuses with `storage.*`
   * (`object-exists` without `upsert`), and with `postgres.*` where a policy says no.
   */
  admit(caller: Caller, wanted: WantedUpload): Promise<AdmittedUpload>
  /**
   * With nobody to ask: what the project itself uploads, or what a signed token admitted earlier, which names the one `object`
   * that it makes and may replace. Refuses as `admit`, but for policies.
   */
  admitUnasked(ownerId: string | null, wanted: WantedUpload, object?: string): Promise<AdmittedUpload>
  /**
   * Puts the written bytes in place: the row is the new one, or as it was where this refuses. The bytes of a version that
   * was replaced are removed afterwards; those of an upload that is refused here, too, but for what `retry` keeps. Said again
   * of the same version, with `upsert`, it changes nothing. Refuses with `storage.object-exists`, `storage.bucket-not-found` and
   * `storage.quota-reached` what has become of the place meanwhile.
   */
  commit(admitted: AdmittedUpload, written: WrittenBlob, contentType: string, retry?: Retry): Promise<ObjectRow>
}
