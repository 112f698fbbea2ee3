// Blobs that are put together from parts.

import { expect, test } from 'vitest'

import { type Blobs, type CompletedPart, newBlobId, type PartsToken } from '../blobs.ts'
import { brokenStream, joinedEtag, md5, readAll, someBytes, streamOf } from './bytes.test-support.ts'

const LIMIT = 64 * 1024 * 1024

/** `part` is the size of all parts but the last. */
export function partsContract(blobs: () => Blobs, part: number): void {
  completedUploads(blobs, part)
  brokenParts(blobs, part)
}

/** What only exact stores promise. */
export function uploadsContract(blobs: () => Blobs): void {
  refusedParts(blobs)
  endedUploads(blobs)
}

async function begin(blobs: Blobs): Promise<PartsToken> {
  return await blobs.parts.begin(newBlobId())
}

async function write(blobs: Blobs, token: PartsToken, number: number, bytes: Buffer): Promise<CompletedPart> {
  const { etag } = await blobs.parts.write(token, number, streamOf(bytes), LIMIT)
  return { number, etag }
}

function completedUploads(blobs: () => Blobs, part: number): void {
  test('comes out in the order of its numbers, whatever the order they were written in', async () => {
    const [first, second, third] = [someBytes(part, 1), someBytes(part, 2), someBytes(17, 3)]
    const token = await begin(blobs())
    const last = await write(blobs(), token, 10, third)
    const parts = await Promise.all([write(blobs(), token, 1, first), write(blobs(), token, 2, second)])
    expect(await blobs().stat(token.id)).toBeNull()
    const whole = Buffer.concat([first, second, third])
    expect(await blobs().parts.complete(token, [...parts, last])).toEqual({
      size: whole.length,
      etag: joinedEtag(first, second, third),
    })
    expect((await readAll(blobs(), token.id))?.equals(whole)).toBe(true)
  })

  test('of one part is that part', async () => {
    const [token, bytes] = [await begin(blobs()), someBytes(12_345)]
    const written = await blobs().parts.write(token, 1, streamOf(bytes), LIMIT)
    expect(written).toEqual({ size: 12_345, etag: md5(bytes) })
    const completed = await blobs().parts.complete(token, [{ number: 1, etag: written.etag }])
    expect(completed).toEqual({ size: 12_345, etag: joinedEtag(bytes) })
    expect((await readAll(blobs(), token.id))?.equals(bytes)).toBe(true)
  })

  test('has the part that was written last, where one was written again', async () => {
    const token = await begin(blobs())
    await write(blobs(), token, 1, someBytes(part, 1))
    const again = someBytes(part, 2)
    const parts = [await write(blobs(), token, 1, again), await write(blobs(), token, 2, someBytes(5, 3))]
    await blobs().parts.complete(token, parts)
    expect((await readAll(blobs(), token.id))?.equals(Buffer.concat([again, someBytes(5, 3)]))).toBe(true)
  })

  test('leaves out a part that is not named', async () => {
    const token = await begin(blobs())
    const named = await write(blobs(), token, 3, someBytes(10))
    await write(blobs(), token, 2, someBytes(part))
    await blobs().parts.complete(token, [named])
    expect(await readAll(blobs(), token.id)).toHaveLength(10)
  })

  test('is completed once more with the same answer, by whoever did not hear the first', async () => {
    const token = await begin(blobs())
    const parts = [await write(blobs(), token, 1, someBytes(part)), await write(blobs(), token, 2, someBytes(9, 2))]
    const first = await blobs().parts.complete(token, parts)
    expect(await blobs().parts.complete(token, parts)).toEqual(first)
  })
}

function brokenParts(blobs: () => Blobs, part: number): void {
  test('refuses a part that is too large, and keeps the one that was there', async () => {
    const [token, bytes] = [await begin(blobs()), someBytes(100)]
    const kept = await write(blobs(), token, 1, bytes)
    const writing = blobs().parts.write(token, 1, streamOf(someBytes(part)), part - 1)
    await expect(writing).rejects.toMatchObject({ code: 'storage.too-large' })
    await blobs().parts.complete(token, [kept])
    expect((await readAll(blobs(), token.id))?.equals(bytes)).toBe(true)
  })

  test('is known by its token alone, as after a restart', async () => {
    const token = JSON.parse(JSON.stringify(await begin(blobs()))) as PartsToken
    const parts = [await write(blobs(), token, 1, someBytes(10))]
    expect(await blobs().parts.complete(token, parts)).toMatchObject({ size: 10 })
  })
}

function refusedParts(blobs: () => Blobs): void {
  test('keeps nothing of a part whose stream fails', async () => {
    const [token, error] = [await begin(blobs()), new Error('the client went away')]
    const broken = brokenStream(someBytes(1000), error)
    await expect(blobs().parts.write(token, 1, broken, LIMIT)).rejects.toBe(error)
    const completing = blobs().parts.complete(token, [{ number: 1, etag: md5(someBytes(1000)) }])
    await expect(completing).rejects.toMatchObject({ code: 'storage.part-invalid', detail: { number: 1 } })
    await blobs().parts.abort(token)
  })

  test('refuses to be completed by a part that is another by now, and can be completed rightly afterwards', async () => {
    const token = await begin(blobs())
    const old = await write(blobs(), token, 1, someBytes(10, 1))
    const parts = [await write(blobs(), token, 1, someBytes(10, 2))]
    const completing = blobs().parts.complete(token, [old])
    await expect(completing).rejects.toMatchObject({ code: 'storage.part-invalid', detail: { number: 1 } })
    expect(await blobs().parts.complete(token, parts)).toMatchObject({ size: 10 })
  })
}

function endedUploads(blobs: () => Blobs): void {
  test('that is aborted takes no more parts and is not there', async () => {
    const token = await begin(blobs())
    const parts = [await write(blobs(), token, 1, someBytes(10))]
    await blobs().parts.abort(token)
    await blobs().parts.abort(token)
    const missing = { code: 'storage.upload-not-found' }
    await expect(write(blobs(), token, 2, someBytes(10))).rejects.toMatchObject(missing)
    await expect(blobs().parts.complete(token, parts)).rejects.toMatchObject(missing)
    expect(await blobs().stat(token.id)).toBeNull()
  })

  test('that was never begun takes no parts', async () => {
    const token: PartsToken = { id: newBlobId(), upload: '../../../etc' }
    await expect(write(blobs(), token, 1, someBytes(10))).rejects.toMatchObject({ code: 'storage.upload-not-found' })
  })
}
