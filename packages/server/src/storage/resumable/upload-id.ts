// The name of an upload in its URL: bucket, object and version, as upstream writes them.

import { type BlobId, blobId } from '../blobs/blobs.ts'

export interface UploadId {
  readonly bucket: string
  readonly name: string
  readonly version: BlobId
}

export function printUploadId({ bucket, name, version }: UploadId): string {
  return `${bucket}/${name}/${version}`
}

/** Null for a text that names no upload. */
export function parseUploadId(text: string): UploadId | null {
  const bucket = text.slice(0, Math.max(0, text.indexOf('/')))
  const end = text.lastIndexOf('/')
  const version = blobId(text.slice(end + 1))
  const name = text.slice(bucket.length + 1, end)
  return bucket === '' || name === '' || version === null ? null : { bucket, name, version }
}

/** How it stands in a URL. */
export function encodeUploadId(text: string): string {
  return Buffer.from(text).toString('base64url')
}

export function decodeUploadId(segment: string): string {
  return Buffer.from(segment, 'base64url').toString()
}
