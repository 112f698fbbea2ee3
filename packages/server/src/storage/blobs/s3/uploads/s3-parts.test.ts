import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { afterAll, beforeAll, expect, test, vi } from 'vitest'

import { type Blobs, type CompletedPart, newBlobId } from '../../blobs.ts'
import { brokenStream, joinedEtag, md5, readAll, someBytes, streamOf } from '../../contract/bytes.test-support.ts'
import { openS3 } from '../open-s3.ts'
import { startS3rver, type TestS3 } from '../s3rver.test-support.ts'

const MEBIBYTE = 1024 * 1024
const LIMIT = 64 * MEBIBYTE
/** Milliseconds, for tens of megabytes on a busy machine. */
vi.setConfig({ testTimeout: 60_000 })

/** What is written to the disk goes here. */
let folder: string
let s3: TestS3
let blobs: Blobs
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tenon-parts-'))
  vi.stubEnv('TMPDIR', folder)
  s3 = await startS3rver()
  blobs = openS3(s3.config)
})
afterAll(async () => {
  await blobs.close()
  await s3[Symbol.asyncDispose]()
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

/** What parts that went by the disk left there. */
function spooled(): readonly string[] {
  return readdirSync(folder).filter((name) => name.startsWith('tenon-part-'))
}

test.each([8 * MEBIBYTE, 8 * MEBIBYTE + 1, 20 * MEBIBYTE])(
  'a part of %d bytes comes whole, whether it is held in memory or goes by the disk',
  async (size) => {
    const token = await blobs.parts.begin(newBlobId())
    const [first, last] = [someBytes(size, 1), someBytes(11, 2)]
    const written = await blobs.parts.write(token, 1, streamOf(first), LIMIT)
    expect(written).toEqual({ size, etag: md5(first) })
    const { etag } = await blobs.parts.write(token, 2, streamOf(last), LIMIT)
    const parts = [
      { number: 1, etag: written.etag },
      { number: 2, etag },
    ]
    const completed = await blobs.parts.complete(token, parts)
    expect(completed).toEqual({ size: size + 11, etag: joinedEtag(first, last) })
    expect((await readAll(blobs, token.id))?.equals(Buffer.concat([first, last]))).toBe(true)
    expect(spooled()).toEqual([])
  },
)

test('a large part that breaks off or is too large is refused, and can be sent again', async () => {
  const token = await blobs.parts.begin(newBlobId())
  const bytes = someBytes(17 * MEBIBYTE)
  const error = new Error('the client went away')
  await expect(blobs.parts.write(token, 1, brokenStream(bytes, error), LIMIT)).rejects.toBe(error)
  const tooLarge = blobs.parts.write(token, 1, streamOf(bytes), bytes.length - 1)
  await expect(tooLarge).rejects.toMatchObject({ code: 'storage.too-large' })
  expect(spooled()).toEqual([])
  const { etag } = await blobs.parts.write(token, 1, streamOf(bytes), bytes.length)
  expect(await blobs.parts.complete(token, [{ number: 1, etag }])).toMatchObject({ size: bytes.length })
})

test('a large part whose connection to the store breaks is sent again from the disk', async () => {
  await using broken = await breakOnce(s3.config.endpoint, 5 * MEBIBYTE)
  const through = openS3({ ...s3.config, endpoint: broken.endpoint })
  const token = await through.parts.begin(newBlobId())
  const bytes = someBytes(12 * MEBIBYTE)
  const { etag } = await through.parts.write(token, 1, streamOf(bytes), LIMIT)
  expect([etag, broken.breaks()]).toEqual([md5(bytes), 1])
  expect(await through.parts.complete(token, [{ number: 1, etag }])).toMatchObject({ size: bytes.length })
  await through.close()
})

test('a blob is put together from more parts than a store lists on a page', async () => {
  const token = await blobs.parts.begin(newBlobId())
  const parts: CompletedPart[] = []
  for (let first = 1; first <= 1100; first += 50) {
    const numbers = Array.from({ length: 50 }, (_, at) => first + at)
    const written = numbers.map(async (number) => {
      const { etag } = await blobs.parts.write(token, number, Readable.from([Buffer.from(`${number};`)]), LIMIT)
      return { number, etag }
    })
    parts.push(...(await Promise.all(written)))
  }
  const whole = parts.map(({ number }) => `${number};`).join('')
  expect(await blobs.parts.complete(token, parts)).toMatchObject({ size: whole.length })
  expect((await readAll(blobs, token.id))?.toString()).toBe(whole)
})

/** Passes all on to the store, but for the first connection that brings so many bytes: that one breaks. */
async function breakOnce(store: string | null, after: number) {
  const { hostname, port } = new URL(store ?? '')
  let breaks = 0
  const server = createServer((incoming) => {
    const outgoing = connect(Number(port), hostname)
    incoming.pipe(outgoing).pipe(incoming)
    for (const socket of [incoming, outgoing])
      socket.on('error', () => {
        incoming.destroy()
        outgoing.destroy()
      })
    incoming.on('data', () => {
      if (breaks > 0 || incoming.bytesRead < after) return
      breaks += 1
      incoming.destroy()
      outgoing.destroy()
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const own = typeof address === 'object' && address !== null ? address.port : 0
  return {
    endpoint: `http://127.0.0.1:${own}`,
    breaks: () => breaks,
    async [Symbol.asyncDispose]() {
      await new Promise((closed) => server.close(closed))
    },
  }
}
