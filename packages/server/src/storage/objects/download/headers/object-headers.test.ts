import { describe, expect, it } from 'vitest'

import type { ObjectMetadata } from '../../../rows/object-row.ts'
import { factsOf } from './object-facts.ts'
import { objectHeaders } from './object-headers.ts'

const metadata: ObjectMetadata = {
  eTag: '"abc"',
  size: 5,
  mimetype: 'text/plain',
  cacheControl: 'max-age=3600',
  lastModified: '2026-01-02T03:04:05.678Z',
  contentLength: 5,
  httpStatusCode: 200,
}
const updatedAt = '2026-02-03 04:05:06.789+00'

describe('the headers of an object', () => {
  it('say what is stored', () => {
    const object = factsOf({ metadata, updatedAt })
    expect(objectHeaders({ object, download: undefined, expires: null })).toEqual({
      'accept-ranges': 'bytes',
      'cache-control': 'max-age=3600',
      'content-type': 'text/plain',
      etag: '"abc"',
      'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'none',
    })
  })

  it('say when a signed URL is over, and not how long to keep its answer', () => {
    const headers = objectHeaders({ object: factsOf({ metadata, updatedAt }), download: '', expires: 1_767_323_045 })
    expect(headers).toMatchObject({ expires: 'Fri, 02 Jan 2026 03:04:05 GMT', 'content-disposition': 'attachment;' })
    expect(headers).not.toHaveProperty('cache-control')
  })

  it('are defaults where the row does not say, or says what no header may hold', () => {
    const broken = { eTag: 'a\r\nb: c', cacheControl: 'no-cache\n', mimetype: 7, size: -1 } as unknown as ObjectMetadata
    for (const said of [null, broken]) {
      const object = factsOf({ metadata: said, updatedAt })
      expect(object.size).toBeNull()
      expect(objectHeaders({ object, download: undefined, expires: null })).toEqual({
        'accept-ranges': 'bytes',
        'cache-control': 'no-cache',
        'content-type': 'application/octet-stream',
        'last-modified': 'Tue, 03 Feb 2026 04:05:06 GMT',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'none',
      })
    }
  })
})
