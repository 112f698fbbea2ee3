// Blobs that are written in one go, read, copied and removed.

import { PassThrough, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { expect, test } from 'vitest'

import { type Blobs, newBlobId, SMALL_BLOB } from '../blobs.ts'
import { brokenStream, md5, readAll, someBytes, streamOf } from './bytes.test-support.ts'

const LIMIT = 64 * 1024 * 1024
const sizes = [0, 1, 10_000, SMALL_BLOB, SMALL_BLOB + 1, 262_143, 262_144, 262_145, 9_000_001]

export function writingContract(blobs: () => Blobs): void {
  writtenBlobs(blobs)
  refusedBlobs(blobs)
  rangesOfBlobs(blobs)
  copiedAndRemoved(blobs)
}

/** What only exact stores promise. */
export function emptyContract(blobs: () => Blobs): void {
  test('that is empty has nothing in any range', async () => {
    const id = newBlobId()
    await blobs().write(id, Readable.from([]), LIMIT)
    expect(await readAll(blobs(), id, { start: 0, end: 10 })).toHaveLength(0)
  })
}

function writtenBlobs(blobs: () => Blobs): void {
  test.each(sizes)('of %d bytes is read as it was written, with its size and the MD5 of its bytes', async (size) => {
    const [id, bytes] = [newBlobId(), someBytes(size)]
    expect(await blobs().write(id, streamOf(bytes), LIMIT)).toEqual({ size, etag: md5(bytes) })
    expect((await readAll(blobs(), id))?.equals(bytes)).toBe(true)
    expect(await blobs().stat(id)).toEqual({ id, size, writtenAt: expect.any(Number) })
  })

  test('that is small may be read whole', async () => {
    const [id, bytes] = [newBlobId(), someBytes(SMALL_BLOB)]
    await blobs().write(id, streamOf(bytes), LIMIT)
    expect((await blobs().readWhole(id, SMALL_BLOB))?.equals(bytes)).toBe(true)
  })

  test('is handed out chunk by chunk, each for as long as it is being written', async () => {
    const [id, bytes] = [newBlobId(), someBytes(2_000_000)]
    await blobs().write(id, streamOf(bytes), bytes.length)
    const chunks: Buffer[] = []
    const poured = await blobs().pour(id, { start: 1, end: 1_999_998 }, async (chunk) => {
      await new Promise((later) => setImmediate(later))
      chunks.push(Buffer.from(chunk))
    })
    expect(poured).toBe(true)
    expect(Buffer.concat(chunks).equals(bytes.subarray(1, 1_999_999))).toBe(true)
  })

  test('is handed out no further once its reader is gone', async () => {
    const [id, bytes] = [newBlobId(), someBytes(2_000_000)]
    await blobs().write(id, streamOf(bytes), bytes.length)
    const gone = new Error('gone')
    const pouring = blobs().pour(id, { start: 0, end: 1_999_999 }, async () => await Promise.reject(gone))
    await expect(pouring).rejects.toBe(gone)
    expect(await blobs().pour(newBlobId(), { start: 0, end: 9 }, async () => {})).toBe(false)
  })

  test('that has fewer bytes than its reader knows of is refused', async () => {
    const id = newBlobId()
    await blobs().write(id, streamOf(someBytes(10)), LIMIT)
    await expect(blobs().readWhole(id, 11)).rejects.toMatchObject({ code: 'storage.bytes-unavailable' })
    for (const start of [0, 10]) {
      const pouring = blobs().pour(id, { start, end: 10 }, async () => {})
      await expect(pouring).rejects.toMatchObject({ code: 'storage.bytes-unavailable' })
    }
  })

  test('tells when it was written', async () => {
    const [id, before] = [newBlobId(), Date.now()]
    await blobs().write(id, streamOf(someBytes(10)), LIMIT)
    const stored = await blobs().stat(id)
    // Some stores tell whole seconds.
    expect(stored?.writtenAt).toBeGreaterThanOrEqual(before - 1000)
    expect(stored?.writtenAt).toBeLessThanOrEqual(Date.now() + 1000)
  })

  test('is written beside twenty others, and each has its own bytes', async () => {
    const written = await Promise.all(
      Array.from({ length: 20 }, async (_, seed) => {
        const [id, bytes] = [newBlobId(), someBytes(50_000 + seed, seed)]
        await blobs().write(id, streamOf(bytes), LIMIT)
        return { id, bytes }
      }),
    )
    for (const { id, bytes } of written) expect((await readAll(blobs(), id))?.equals(bytes)).toBe(true)
  })
}

function refusedBlobs(blobs: () => Blobs): void {
  test.each([0, 100, 500_000, 9_000_000])('of one byte more than %d that are allowed is refused', async (limit) => {
    const id = newBlobId()
    const writing = blobs().write(id, streamOf(someBytes(limit + 1)), limit)
    await expect(writing).rejects.toMatchObject({ code: 'storage.too-large', detail: { limit } })
    expect(await blobs().stat(id)).toBeNull()
    expect(await blobs().read(id)).toBeNull()
  })

  test('of just as many bytes as are allowed is written', async () => {
    const id = newBlobId()
    expect(await blobs().write(id, streamOf(someBytes(100)), 100)).toMatchObject({ size: 100 })
  })

  test.each([0, 10, 9_000_000])(
    'whose stream fails after %d bytes rejects with its error and is not there',
    async (size) => {
      const [id, error] = [newBlobId(), new Error('the client went away')]
      await expect(blobs().write(id, brokenStream(someBytes(size), error), LIMIT)).rejects.toBe(error)
      expect(await blobs().stat(id)).toBeNull()
      expect(await blobs().read(id)).toBeNull()
    },
  )

  test('is not there before its last byte is', async () => {
    const [id, bytes, stream] = [newBlobId(), someBytes(9_000_000), new PassThrough()]
    const writing = blobs().write(id, stream, LIMIT)
    await pipeline(streamOf(bytes), stream, { end: false })
    expect([await blobs().stat(id), await blobs().read(id)]).toEqual([null, null])
    stream.end()
    await writing
    expect((await readAll(blobs(), id))?.equals(bytes)).toBe(true)
  })

  test('that is too large leaves its stream to whoever brought it', async () => {
    const stream = streamOf(someBytes(1000), 10)
    await expect(blobs().write(newBlobId(), stream, 500)).rejects.toMatchObject({ code: 'storage.too-large' })
    expect(stream.destroyed).toBe(false)
    let left = 0
    for await (const chunk of stream as AsyncIterable<Buffer>) left += chunk.length
    expect(left).toBeGreaterThan(0)
  })
}

const ranges = [
  { start: 0, end: 0 },
  { start: 0, end: 999 },
  { start: 5, end: 5 },
  { start: 999, end: 999 },
  { start: 300, end: 699 },
  { start: 990, end: 5000 },
  { start: 1000, end: 1000 },
  { start: 2000, end: 3000 },
]

function rangesOfBlobs(blobs: () => Blobs): void {
  test.each(ranges)('of 1000 bytes is read from $start to $end', async (range) => {
    const [id, bytes] = [newBlobId(), someBytes(1000)]
    await blobs().write(id, streamOf(bytes), LIMIT)
    const read = await readAll(blobs(), id, range)
    expect(read?.equals(bytes.subarray(range.start, range.end + 1))).toBe(true)
  })
}

function copiedAndRemoved(blobs: () => Blobs): void {
  test.each([0, 10_000, 9_000_001])('of %d bytes is copied, and the copy outlives it', async (size) => {
    const [id, copy, bytes] = [newBlobId(), newBlobId(), someBytes(size)]
    await blobs().write(id, streamOf(bytes), LIMIT)
    expect(await blobs().copy(id, copy)).toBe(true)
    await blobs().remove([id])
    expect((await readAll(blobs(), copy))?.equals(bytes)).toBe(true)
  })

  test('that is not there is neither read, told of, copied nor missed', async () => {
    const [id, copy] = [newBlobId(), newBlobId()]
    expect([await blobs().read(id), await blobs().readWhole(id, 10), await blobs().stat(id)]).toEqual([
      null,
      null,
      null,
    ])
    expect(await blobs().read(id, { start: 1, end: 2 })).toBeNull()
    expect(await blobs().copy(id, copy)).toBe(false)
    expect(await blobs().stat(copy)).toBeNull()
    await blobs().remove([id])
  })

  test('is removed together with others, those that are not there included', async () => {
    const ids = [newBlobId(), newBlobId(), newBlobId()]
    for (const id of ids) await blobs().write(id, streamOf(someBytes(10)), LIMIT)
    await blobs().remove([...ids.slice(1), newBlobId()])
    expect(await Promise.all(ids.map(async (id) => (await blobs().stat(id)) !== null))).toEqual([true, false, false])
    await blobs().remove([])
  })

  test('that is removed while it is read is read to its end', async () => {
    const [id, bytes] = [newBlobId(), someBytes(300_000)]
    await blobs().write(id, streamOf(bytes), LIMIT)
    const stream = await blobs().read(id)
    await blobs().remove([id])
    const chunks: Buffer[] = []
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true)
  })
}
