// What every driver of growing blobs must do.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Blobs, newBlobId } from '../blobs.ts'
import type { GrowingBlobs } from '../growing-blobs.ts'
import { brokenStream, md5, readAll, someBytes, streamOf } from './bytes.test-support.ts'

export interface GrowingDriver {
  /** Again, as after a restart, over the same place. */
  open(): Promise<GrowingBlobs & { close(): Promise<void> }>
  /** What is finished is read from here. */
  openBlobs(): Promise<Blobs>
  /** Bytes from which on a piece is kept otherwise than a smaller one. */
  readonly piece: number
}

export function growingContract(driver: GrowingDriver): void {
  const { piece } = driver
  let growing: Awaited<ReturnType<GrowingDriver['open']>>
  let blobs: Blobs
  beforeAll(async () => {
    growing = await driver.open()
    blobs = await driver.openBlobs()
  })
  afterAll(async () => {
    await growing.close()
    await blobs.close()
  })

  test.each([
    ['pieces smaller than a part', [10, 1, piece - 11, 5]],
    ['pieces larger than a part', [piece * 2 + 1, piece * 3]],
    ['pieces of just a part', [piece, piece]],
    ['pieces of all sizes', [3, piece + 7, 0, 1, piece * 2, 2]],
    ['no bytes', [0]],
    ['nothing', []],
  ])('a blob grows by %s and is what came', async (_what, sizes) => {
    const id = newBlobId()
    await growing.begin(id)
    let whole = Buffer.alloc(0)
    for (const [index, size] of sizes.entries()) {
      const bytes = someBytes(size, index + 1)
      expect(await growing.append(id, whole.length, streamOf(bytes))).toBe(whole.length + size)
      whole = Buffer.concat([whole, bytes])
      expect(await growing.size(id)).toBe(whole.length)
      expect(await blobs.stat(id)).toBeNull()
    }
    expect(await growing.finish(id)).toMatchObject({ size: whole.length, etag: expect.any(String) })
    expect((await readAll(blobs, id))?.equals(whole)).toBe(true)
    await blobs.remove([id])
  })

  test('a stream that fails keeps what came before, which goes on after a restart', async () => {
    const id = newBlobId()
    await growing.begin(id)
    const [first, second] = [someBytes(piece + 100), someBytes(piece, 2)]
    await expect(growing.append(id, 0, brokenStream(first, new Error('gone')))).rejects.toThrow('gone')
    const again = await driver.open()
    expect(await again.size(id)).toBe(first.length)
    expect(await again.append(id, first.length, streamOf(second))).toBe(first.length + second.length)
    const finished = await again.finish(id)
    expect(finished?.size).toBe(first.length + second.length)
    expect((await readAll(blobs, id))?.equals(Buffer.concat([first, second]))).toBe(true)
    expect(await growing.finish(id)).toMatchObject({ size: finished?.size })
    expect(await growing.size(id)).toBe(first.length + second.length)
    await expect(growing.append(id, first.length + second.length, streamOf(Buffer.alloc(0)))).rejects.toMatchObject({
      code: 'storage.upload-not-found',
    })
    await again.close()
  })

  endingContract(() => growing, piece)
}

function endingContract(growing: () => GrowingBlobs, piece: number): void {
  test('what is small has the MD5 of its bytes', async () => {
    const id = newBlobId()
    await growing().begin(id)
    await growing().append(id, 0, streamOf(Buffer.from('hello')))
    await growing().append(id, 5, streamOf(Buffer.from('world')))
    expect(await growing().finish(id)).toEqual({ size: 10, etag: md5(Buffer.from('helloworld')) })
  })

  test('what was never begun, or was aborted, is not there', async () => {
    const id = newBlobId()
    expect([await growing().size(id), await growing().finish(id)]).toEqual([null, null])
    await expect(growing().append(id, 0, streamOf(Buffer.from('x')))).rejects.toMatchObject({
      code: 'storage.upload-not-found',
    })
    await growing().begin(id)
    await growing().append(id, 0, streamOf(someBytes(piece + 1)))
    await growing().abort(id)
    await growing().abort(id)
    expect([await growing().size(id), await growing().finish(id)]).toEqual([null, null])
  })

  test('a sweep forgets what nothing was written to for that long', async () => {
    const id = newBlobId()
    await growing().begin(id)
    await growing().append(id, 0, streamOf(someBytes(10)))
    await growing().sweep(60_000)
    expect(await growing().size(id)).toBe(10)
    // A minute from now, as an age that has not come yet: stores know whole seconds.
    expect(await growing().sweep(-60_000)).toBeGreaterThan(0)
    expect(await growing().size(id)).toBeNull()
  })
}
