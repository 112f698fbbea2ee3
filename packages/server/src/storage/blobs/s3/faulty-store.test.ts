import { buffer } from 'node:stream/consumers'

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

import { type BlobId, type Blobs, newBlobId } from '../blobs.ts'
import { someBytes, streamOf } from '../contract/bytes.test-support.ts'
import { type FaultyStore, openFaultyStore } from './faulty-store.test-support.ts'
import { openS3 } from './open-s3.ts'
import { openGrowingObjects } from './resumable/open-growing-objects.ts'
import { startS3rver, type TestS3 } from './s3rver.test-support.ts'

const SIZE = 3_000_000
const bytes = someBytes(SIZE)

let s3: TestS3
let faulty: FaultyStore
let blobs: Blobs
let id: BlobId
beforeAll(async () => {
  s3 = await startS3rver()
  faulty = await openFaultyStore(s3.config)
  blobs = openS3(faulty.config)
  id = newBlobId()
  await blobs.write(id, streamOf(bytes), SIZE)
})
afterEach(() => faulty.fail(null))
afterAll(async () => {
  await blobs.close()
  await faulty[Symbol.asyncDispose]()
  await s3[Symbol.asyncDispose]()
})

function unavailable(reason: string): object {
  return { code: 'storage.bytes-unavailable', detail: { reason } }
}

async function readIt(): Promise<Buffer | null> {
  const stream = await blobs.read(id)
  return stream === null ? null : await buffer(stream)
}

async function pourIt(): Promise<number> {
  let poured = 0
  await blobs.pour(id, { start: 0, end: SIZE - 1 }, async (chunk) => void (poured += chunk.length))
  return poured
}

const breaksOff = unavailable('The store of the bytes broke off')

test.each([
  ['', 1_000_000],
  [' before its first byte', 0],
])('an answer that breaks off%s is refused as such, however it is read', async (_when, after) => {
  faulty.fail({ kind: 'breaks', after })
  await expect(readIt()).rejects.toMatchObject(breaksOff)
  await expect(pourIt()).rejects.toMatchObject(breaksOff)
  faulty.fail(null)
  expect([(await readIt())?.equals(bytes), await pourIt()]).toEqual([true, SIZE])
})

test('a store that never begins to answer is not waited for without end', async () => {
  const noAnswer = unavailable('The store of the bytes does not answer')
  const impatient = openS3(faulty.config, { patience: 50 })
  const growing = openGrowingObjects(faulty.config, { patience: 50 })
  faulty.fail({ kind: 'none' })
  await expect(impatient.read(id)).rejects.toMatchObject(noAnswer)
  await expect(impatient.stat(id)).rejects.toMatchObject(noAnswer)
  await expect(growing.size(id)).rejects.toMatchObject(noAnswer)
  await impatient.close()
  await growing.close()
})

test('a stream that nobody reads lets go of the store when it is given up', async () => {
  const before = faulty.open()
  const streams = [await blobs.read(id), await blobs.read(id), await blobs.read(id, { start: 0, end: 2_000_000 })]
  for (const stream of streams) stream?.destroy()
  await expect.poll(() => faulty.open(), { timeout: 15_000 }).toBeLessThanOrEqual(before)
})

test.each([500, 503])(
  'a store that answers %d is told of, and nothing is kept of what it did not take',
  async (status) => {
    const written = newBlobId()
    faulty.fail({ kind: 'status', status })
    const refused = {
      code: 'storage.bytes-unavailable',
      detail: { reason: expect.stringContaining(`answers ${status}`) },
    }
    await expect(blobs.write(written, streamOf(bytes), SIZE)).rejects.toMatchObject(refused)
    await expect(blobs.read(id)).rejects.toMatchObject(refused)
    await expect(blobs.remove([id])).rejects.toMatchObject(refused)
    faulty.fail(null)
    expect([await blobs.stat(written), await blobs.stat(id)]).toMatchObject([null, { size: SIZE }])
  },
)

test('what waits for more of an upload is kept where it cannot be read for a while', async () => {
  const growing = openGrowingObjects(faulty.config)
  const grown = newBlobId()
  await growing.begin(grown)
  const tail = SIZE - 500_000
  expect(await growing.append(grown, 0, streamOf(bytes.subarray(0, tail)))).toBe(tail)
  faulty.fail({ kind: 'breaks', after: 1_000_000 })
  await expect(growing.append(grown, tail, streamOf(bytes.subarray(tail)))).rejects.toMatchObject(breaksOff)
  faulty.fail(null)
  expect(await growing.size(grown)).toBe(tail)
  expect(await growing.append(grown, tail, streamOf(bytes.subarray(tail)))).toBe(SIZE)
  await growing.finish(grown)
  expect((await blobs.readWhole(grown, SIZE))?.equals(bytes)).toBe(true)
  await growing.close()
})
