// The headers of an object, whether its bytes follow or not.

import { servedType } from './content-type.ts'
import { disposition } from './disposition.ts'
import type { ObjectFacts } from './object-facts.ts'

interface AnswerFacts {
  readonly object: ObjectFacts
  /** What the query has as `download`. */
  readonly download: unknown
  /** When the URL is over, in Unix seconds; null for one that never is. */
  readonly expires: number | null
}

/** All but those of length and range. A signed URL says when it is over instead of how long to keep its answer. */
export function objectHeaders({ object, download, expires }: AnswerFacts): Record<string, string> {
  const { contentType, contentSecurityPolicy } = servedType(object.mimetype)
  const attachment = disposition(download)
  const { etag, lastModified, robots } = object
  return {
    'accept-ranges': 'bytes',
    'content-type': contentType,
    'x-content-type-options': 'nosniff',
    'x-robots-tag': robots,
    ...(contentSecurityPolicy === null ? {} : { 'content-security-policy': contentSecurityPolicy }),
    ...(etag === '' ? {} : { etag }),
    ...(lastModified === null ? {} : { 'last-modified': new Date(lastModified).toUTCString() }),
    ...(expires === null
      ? { 'cache-control': object.cacheControl }
      : { expires: new Date(expires * 1000).toUTCString() }),
    ...(attachment === null ? {} : { 'content-disposition': attachment }),
  }
}
