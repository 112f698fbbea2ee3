import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect } from 'vitest'

import { blobsContract } from '../../packages/server/src/storage/blobs/contract/blobs.contract.ts'
import { openS3 } from '../../packages/server/src/storage/blobs/s3/open-s3.ts'
import { startSwift, type SwiftServer } from './swift-server.ts'

const MEBIBYTE = 1024 * 1024

let swift: SwiftServer | undefined
beforeAll(async () => {
  const started = await startSwift()
  swift = started
  const { endpoint, ...credentials } = started
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials })
  await client.send(new CreateBucketCommand({ Bucket: 'tenon' }))
  client.destroy()
})
afterAll(async () => await swift?.[Symbol.asyncDispose]())

describe('blobs in OpenStack Swift, by its S3 door', () => {
  blobsContract({
    // Larger objects than a part are copied in pieces.
    open: async () =>
      openS3(
        { ...place(swift), kind: 's3', region: 'us-east-1', bucket: 'tenon', prefix: 'blobs/', forcePathStyle: true },
        { largestCopy: 5 * MEBIBYTE },
      ),
    smallestPart: 5 * MEBIBYTE,
    many: 1100,
    exact: true,
  })
})

function place(server: SwiftServer | undefined): SwiftServer {
  return server ?? expect.unreachable('Swift was not started')
}
