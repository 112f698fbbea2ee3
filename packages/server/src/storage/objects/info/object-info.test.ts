import { expect, it } from 'vitest'

import { newBlobId } from '../../blobs/blobs.ts'
import type { ObjectRow } from '../../rows/object-row.ts'
import { objectInfo } from './object-info.ts'

const version = newBlobId()
const row: ObjectRow = {
  id: '11111111-1111-4111-8111-111111111111',
  bucketId: 'avatars',
  name: 'folder/a.png',
  ownerId: 'user_1',
  version,
  metadata: {
    eTag: '"abc"',
    size: 5,
    mimetype: 'image/png',
    cacheControl: 'max-age=60',
    lastModified: '2026-01-02T03:04:05.678Z',
    contentLength: 5,
    httpStatusCode: 200,
  },
  userMetadata: { by: 'me' },
  createdAt: '2026-01-02 03:04:05.678901+00',
  updatedAt: '2026-01-03 03:04:05+00',
  lastAccessedAt: '2026-01-03 03:04:05+00',
}

it('tells of an object what storage-js reads, and no more', () => {
  expect(objectInfo(row)).toEqual({
    id: row.id,
    name: 'folder/a.png',
    version,
    bucket_id: 'avatars',
    size: 5,
    content_type: 'image/png',
    cache_control: 'max-age=60',
    etag: '"abc"',
    metadata: { by: 'me' },
    last_modified: '2026-01-03T03:04:05.000Z',
    created_at: '2026-01-02T03:04:05.678Z',
  })
})

it('tells null of what a row that SQL made does not say', () => {
  const told = objectInfo({ ...row, version: null, metadata: null, userMetadata: null })
  const unsaid = { version: null, size: null, content_type: null, cache_control: null, etag: null, metadata: null }
  expect(told).toMatchObject(unsaid)
})
