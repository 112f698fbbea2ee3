import { expect, test } from 'vitest'

import { newBlobId } from '../blobs/blobs.ts'
import type { WantedUpload } from '../objects/uploads.ts'
import type { UploadMetadata } from './rows/resumable-upload.ts'
import { wantedUpload } from './wanted-upload.ts'

const version = newBlobId()

function wantedOf(metadata: UploadMetadata): WantedUpload {
  return wantedUpload({ version, bucket: 'b', name: 'n', upsert: true, size: 5, metadata }, 'storage.tus.upload.create')
}

test('an upload wants what its metadata says', () => {
  const metadata = { contentType: 'image/png', cacheControl: '3600', metadata: '{"a":1}', filename: 'x.png' }
  expect(wantedOf(metadata)).toEqual({
    bucket: 'b',
    name: 'n',
    contentType: 'image/png',
    cacheControl: 'max-age=3600',
    userMetadata: { a: 1 },
    upsert: true,
    size: 5,
    operation: 'storage.tus.upload.create',
  })
})

test('an upload that was begun before is known by its version', () => {
  const began = { version, bucket: 'b', name: 'n', upsert: true, size: 5, metadata: {} }
  expect(wantedUpload(began, 'storage.tus.upload.part')).toMatchObject({ begun: version, size: 5 })
})

test.each<readonly [string, UploadMetadata]>([
  ['is not there', {}],
  ['has no value', { contentType: null, cacheControl: null, metadata: null }],
  ['is of another form', { contentType: '', cacheControl: 'public', metadata: '[1' }],
  ['is no object', { metadata: '[1]', cacheControl: '1.5' }],
])('what %s is passed over', (_what, metadata) => {
  expect(wantedOf(metadata)).toMatchObject({ contentType: null, cacheControl: 'no-cache', userMetadata: null })
})
