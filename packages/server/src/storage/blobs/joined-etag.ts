// The entity tag of a blob in parts.

import { hash } from 'node:crypto'

import type { CompletedPart } from './blobs.ts'

/** As S3 has it, so that clients that work it out for themselves find the same. */
export function joinedEtag(parts: readonly CompletedPart[]): string {
  const digests = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')))
  return `${hash('md5', digests)}-${parts.length}`
}
