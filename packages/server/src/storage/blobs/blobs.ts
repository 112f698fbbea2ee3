// Where the bytes of objects are. A blob is written once under an id of its own and never changed: a new version of an
// object is a new blob, so that a row names either the old bytes or the new ones. Names of objects never come here.

import type { Readable } from 'node:stream'

declare const blobIdBrand: unique symbol

/** The `version` of an object, a UUID made by us; the only name a blob has. */
export type BlobId = string & { readonly [blobIdBrand]: true }

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Null for a text that names no blob. */
export function blobId(text: string | null): BlobId | null {
  return text !== null && FORM.test(text) ? (text as BlobId) : null
}

export function newBlobId(): BlobId {
  return crypto.randomUUID() as BlobId
}

/** Bytes from `start` to `end`, both counted. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

export interface WrittenBlob {
  readonly size: number
  /** Without quotes: the MD5 in hex, or of a blob put together from parts `<md5 of md5s>-<parts>`. */
  readonly etag: string
}

export interface StoredBlob {
  readonly id: BlobId
  readonly size: number
  /** Milliseconds since 1970. */
  readonly writtenAt: number
}

/** Bytes up to which a blob may as well be read whole. */
export const SMALL_BLOB = 64 * 1024

/** All of it refuses with `storage.bytes-unavailable` where the place of the bytes does not do its part. */
export interface Blobs {
  /**
   * Durable once resolved, and not there at all before: whatever breaks off leaves nothing that can be read. A stream that
   * yields more than `limit` bytes is refused with `storage.too-large`; one that fails rejects with its error. Either way
   * the stream is left as it stands: whoever brought it drains or destroys it.
   */
  write(id: BlobId, bytes: Readable, limit: number): Promise<WrittenBlob>
  /** Null where there is no such blob; nothing of a range beyond its end. The stream is ended by whoever reads it. */
  read(id: BlobId, range?: ByteRange): Promise<Readable | null>
  /**
   * Hands a blob out chunk by chunk, in order, with less work than a stream: a chunk is the driver's again once `write` has
   * resolved, and a second one may come before that. Ends at the first `write` that rejects, and rejects with it. False
   * where there is no such blob, before anything is written. A range beyond its end is refused, once what there is was
   * handed out.
   */
  pour(id: BlobId, range: ByteRange, write: (chunk: Buffer) => Promise<void>): Promise<boolean>
  /**
   * All bytes of a blob that is known to have `size`, at most `SMALL_BLOB`: less work than a stream. Null where there is no
   * such blob.
   */
  readWhole(id: BlobId, size: number): Promise<Buffer | null>
  stat(id: BlobId): Promise<StoredBlob | null>
  /** False where there is no such blob. */
  copy(from: BlobId, to: BlobId): Promise<boolean>
  /** One that is not there is none to remove. */
  remove(ids: readonly BlobId[]): Promise<void>
  /** All that can be read, in no order. */
  list(): AsyncIterable<StoredBlob>
  /** Uploads that come in pieces. */
  readonly parts: BlobParts
  /**
   * Removes what broken-off writes and abandoned parts have left, where nothing was written to it for `age` milliseconds;
   * how many there were. To `count` them removes nothing.
   */
  sweepUnfinished(age: number, act?: 'remove' | 'count'): Promise<number>
  close(): Promise<void>
}

/** A blob that is put together from numbered parts, each written once or again. */
export interface BlobParts {
  /** Begins; the token names the upload from now on, also after a restart. */
  begin(id: BlobId): Promise<PartsToken>
  /**
   * Numbers are from 1 to 10,000; the part that was written last is the one of its number. Bounds and failures as
   * `Blobs.write`. Refuses with `storage.upload-not-found`.
   */
  write(token: PartsToken, number: number, bytes: Readable, limit: number): Promise<WrittenBlob>
  /**
   * Makes the blob of these parts, in this order; the parts are gone. Said again, it answers the same. Refuses with
   * `storage.upload-not-found`, and with `storage.part-invalid` a part that is not there or is another by now.
   */
  complete(token: PartsToken, parts: readonly CompletedPart[]): Promise<WrittenBlob>
  /** One that is not there is none to abort. */
  abort(token: PartsToken): Promise<void>
}

export interface CompletedPart {
  readonly number: number
  readonly etag: string
}

/** What a driver needs to find an upload again; kept in `storage.s3_multipart_uploads`. */
export interface PartsToken {
  readonly id: BlobId
  readonly upload: string
}
