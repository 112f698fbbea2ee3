// Blobs that grow at their end until they are whole: what resumable uploads write to. Beside `Blobs`, since a blob is never
// changed, and `BlobParts`, since their bytes come in pieces of any size and are kept where one breaks off.

import type { Readable } from 'node:stream'

import type { BlobId, WrittenBlob } from './blobs.ts'

/** One at a time writes to a blob: whoever calls sees to it. Refuses with `storage.bytes-unavailable`. */
export interface GrowingBlobs {
  /** An empty one, durable once resolved. */
  begin(id: BlobId): Promise<void>
  /** Bytes so far, all of them durable, also of one that was finished; null where there is none of that name. */
  size(id: BlobId): Promise<number | null>
  /**
   * Writes from `offset` on, which is what `size` said, and resolves with the size then, all durable. Where the stream fails,
   * what came before is kept as durably, and it rejects with the stream's error. Where the place of the bytes
   * has no room, a driver may let go of those of this call. Refuses with `storage.upload-not-found`.
   */
  append(id: BlobId, offset: number, bytes: Readable): Promise<number>
  /**
   * Makes a blob of it, which can be read from then on. Said again, it is the same blob, whose etag a store may say in
   * another way. Null where there is none.
   */
  finish(id: BlobId): Promise<WrittenBlob | null>
  /** Forgets one that is not finished; one that is not there is none to forget. */
  abort(id: BlobId): Promise<void>
  /** Forgets those to which nothing was written for `age` milliseconds; how many. */
  sweep(age: number): Promise<number>
}
