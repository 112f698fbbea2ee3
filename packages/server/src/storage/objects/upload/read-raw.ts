// A file that is the body itself; what is said of it stands in headers.

import type { FastifyRequest } from 'fastify'
import { Readable } from 'node:stream'

import { type FileFacts, type IncomingFile, readUserMetadataHeader } from './incoming-file.ts'

/** An empty body is an empty file. */
export function readRaw({ headers, body }: FastifyRequest): IncomingFile {
  const length = Number(headers['content-length'] ?? Number.NaN)
  const facts: FileFacts = {
    contentType: headers['content-type'] ?? 'application/octet-stream',
    cacheControl: headers['cache-control'] ?? 'no-cache',
    userMetadata: readUserMetadataHeader(headers['x-metadata']),
  }
  return {
    facts: () => facts,
    bytes: body instanceof Readable ? body : Readable.from([]),
    size: Number.isFinite(length) ? length : null,
    said: Promise.resolve(),
    failure: () => null,
  }
}
