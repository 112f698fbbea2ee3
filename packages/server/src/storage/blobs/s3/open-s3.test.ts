import { afterAll, beforeAll, describe } from 'vitest'

import { blobsContract } from '../contract/blobs.contract.ts'
import { openS3 } from './open-s3.ts'
import { startS3rver, type TestS3 } from './s3rver.test-support.ts'

const MEBIBYTE = 1024 * 1024

let s3: TestS3
beforeAll(async () => {
  s3 = await startS3rver()
})
afterAll(async () => await s3[Symbol.asyncDispose]())

describe('blobs in an S3 store', () => {
  blobsContract({
    open: async () => openS3(s3.config),
    smallestPart: 5 * MEBIBYTE,
    many: 1200,
    exact: false,
  })
})
