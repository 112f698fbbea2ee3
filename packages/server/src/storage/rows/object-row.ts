// Rows of `storage.objects` and `storage.buckets` as the rest of Storage knows them.

import type { BlobId } from '../blobs/blobs.ts'

/** What `storage.objects.metadata` holds. */
export interface ObjectMetadata {
  /** Quoted. */
  readonly eTag: string
  readonly size: number
  readonly mimetype: string
  /** The value of the header, such as `max-age=3600`. */
  readonly cacheControl: string
  /** ISO 8601. */
  readonly lastModified: string
  readonly contentLength: number
  readonly httpStatusCode: number
  /** The value of the header, where one came with the upload. */
  readonly xRobotsTag?: string
}

export interface ObjectRow {
  readonly id: string
  readonly bucketId: string
  readonly name: string
  readonly ownerId: string | null
  /** Null for a row that SQL made: there are no bytes to it. */
  readonly version: BlobId | null
  readonly metadata: ObjectMetadata | null
  readonly userMetadata: Readonly<Record<string, unknown>> | null
  /** As Postgres prints them. */
  readonly createdAt: string
  readonly updatedAt: string
  readonly lastAccessedAt: string
}

export interface BucketRow {
  readonly id: string
  readonly name: string
  readonly public: boolean
  /** Bytes; null where only the project's limit holds. */
  readonly fileSizeLimit: number | null
  /** Null for any. */
  readonly allowedMimeTypes: readonly string[] | null
  /** Bytes of all its objects together; null for no quota. */
  readonly quota: number | null
}
