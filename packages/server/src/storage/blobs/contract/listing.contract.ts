// All blobs there are, and what was never finished.

import { PassThrough } from 'node:stream'

import { expect, test } from 'vitest'

import { type BlobId, type Blobs, newBlobId, type StoredBlob } from '../blobs.ts'
import { someBytes, streamOf } from './bytes.test-support.ts'

const LIMIT = 64 * 1024 * 1024
/** Milliseconds, for thousands of blobs on a slow disk. */
const PATIENCE = 120_000

/** So many blobs are listed. */
export function listingContract(blobs: () => Blobs, many: number): void {
  test(`are listed each once, ${many} of them, with their sizes`, { timeout: PATIENCE }, async () => {
    const sizes = new Map<BlobId, number>()
    for (let at = 0; at < many; at += 50) {
      const ids = Array.from({ length: 50 }, newBlobId)
      await Promise.all(ids.map(async (id, size) => await blobs().write(id, streamOf(someBytes(size)), LIMIT)))
      for (const [size, id] of ids.entries()) sizes.set(id, size)
    }
    const listed = (await listAll(blobs())).filter(({ id }) => sizes.has(id))
    expect(listed).toHaveLength(many)
    expect(new Map(listed.map(({ id, size }) => [id, size]))).toEqual(sizes)
    await blobs().remove([...sizes.keys()])
    expect((await listAll(blobs())).filter(({ id }) => sizes.has(id))).toEqual([])
  })

  test('are those that can be read: neither one that is being written nor an upload in parts', async () => {
    const [stream, writing] = [new PassThrough(), newBlobId()]
    const token = await blobs().parts.begin(newBlobId())
    await blobs().parts.write(token, 1, streamOf(someBytes(100)), LIMIT)
    const written = blobs().write(writing, stream, LIMIT)
    stream.write(someBytes(300_000))
    const ids = (await listAll(blobs())).map(({ id }) => id)
    stream.end()
    await written
    await blobs().parts.abort(token)
    expect(ids).not.toContain(writing)
    expect(ids).not.toContain(token.id)
  })

  test('stay, and so does an upload that is young, where the unfinished is swept', async () => {
    const id = newBlobId()
    await blobs().write(id, streamOf(someBytes(10)), LIMIT)
    const token = await blobs().parts.begin(newBlobId())
    const { etag } = await blobs().parts.write(token, 1, streamOf(someBytes(100)), LIMIT)
    await blobs().sweepUnfinished(3_600_000)
    expect(await blobs().parts.complete(token, [{ number: 1, etag }])).toMatchObject({ size: 100 })
    expect(await blobs().stat(id)).toMatchObject({ size: 10 })
  })
}

/** What only exact stores promise. */
export function sweepingContract(blobs: () => Blobs): void {
  test('stay, where an abandoned upload is swept, which is over then', async () => {
    const id = newBlobId()
    await blobs().write(id, streamOf(someBytes(10)), LIMIT)
    const token = await blobs().parts.begin(newBlobId())
    expect(await blobs().sweepUnfinished(-3_600_000, 'count')).toBeGreaterThanOrEqual(1)
    // In the future of every clock there is, everything is old.
    expect(await blobs().sweepUnfinished(-3_600_000)).toBeGreaterThanOrEqual(1)
    const writing = blobs().parts.write(token, 1, streamOf(someBytes(100)), LIMIT)
    await expect(writing).rejects.toMatchObject({ code: 'storage.upload-not-found' })
    expect(await blobs().stat(id)).toMatchObject({ size: 10 })
    expect(await blobs().sweepUnfinished(-3_600_000)).toBe(0)
  })
}

async function listAll(blobs: Blobs): Promise<readonly StoredBlob[]> {
  const listed: StoredBlob[] = []
  for await (const blob of blobs.list()) listed.push(blob)
  return listed
}
