import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { newBlobId } from '../../../storage/blobs/blobs.ts'
import { startS3rver, type TestS3 } from '../../../storage/blobs/s3/s3rver.test-support.ts'
import { openBlobs } from './open-blobs.ts'

let s3: TestS3
beforeAll(async () => {
  s3 = await startS3rver()
})
afterAll(async () => await s3[Symbol.asyncDispose]())

test('files and a store that answers are opened without a word', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-blobs-'))
  const files = await openBlobs({ kind: 'files', folder: join(folder, 'deep', 'down') })
  const store = await openBlobs(s3.config)
  expect([files.notices, store.notices]).toEqual([[], []])
  for (const { blobs } of [files, store]) await blobs.close()
  rmSync(folder, { recursive: true })
})

test('a store that does not answer is told of at the start, and refuses what is asked of it', async () => {
  // Nobody may listen there.
  const { blobs, notices } = await openBlobs({ ...s3.config, endpoint: 'http://127.0.0.1:1' })
  expect(notices).toEqual([
    'Storage: The store of the bytes does not answer. See whether [storage.s3] endpoint is right and up.',
  ])
  await expect(blobs.stat(newBlobId())).rejects.toMatchObject({
    code: 'storage.bytes-unavailable',
    detail: { reason: 'The store of the bytes does not answer' },
  })
  await blobs.close()
})

test('credentials that the store refuses are told of', async () => {
  const { blobs, notices } = await openBlobs({ ...s3.config, accessKeyId: 'nobody' })
  expect(notices).toEqual([expect.stringContaining('Storage: The store of the bytes refuses the credentials.')])
  await blobs.close()
})

test('a bucket that is not there is told of, and no blob of it is merely missing', async () => {
  const { blobs, notices } = await openBlobs({ ...s3.config, bucket: 'elsewhere' })
  expect(notices).toEqual([expect.stringContaining('Storage: The store of the bytes has no such bucket.')])
  const reason = 'The store of the bytes has no such bucket'
  await expect(blobs.read(newBlobId())).rejects.toMatchObject({ detail: { reason } })
  await expect(blobs.list()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ detail: { reason } })
  await blobs.close()
})
