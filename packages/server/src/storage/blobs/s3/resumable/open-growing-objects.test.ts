import { afterAll, beforeAll, describe } from 'vitest'

import { growingContract } from '../../contract/growing.contract.ts'
import { openS3 } from '../open-s3.ts'
import { startS3rver, type TestS3 } from '../s3rver.test-support.ts'
import { openGrowingObjects } from './open-growing-objects.ts'

const PIECE = 50_000

let s3: TestS3
beforeAll(async () => {
  s3 = await startS3rver()
})
afterAll(async () => await s3[Symbol.asyncDispose]())

describe('growing blobs in an S3 store', () => {
  growingContract({
    open: async () => openGrowingObjects(s3.config, { sizes: { smallest: PIECE, loose: 3, full: () => PIECE * 2 } }),
    openBlobs: async () => openS3(s3.config),
    piece: PIECE,
  })
})
