import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import sharp from 'sharp'
import { describe, expect, it, onTestFinished } from 'vitest'

import { newBlobId } from '../blobs/blobs.ts'
import { keyOf, openRenderedImages } from './open-rendered-images.ts'
import { openRenderers } from './rendering/open-renderers.ts'
import { type Transformation, untransformed } from './transformation/transformation.ts'

const photo = await sharp({ create: { width: 40, height: 20, channels: 3, background: 'teal' } })
  .png()
  .toBuffer()
const version = newBlobId()
const never = new AbortController().signal

interface Options {
  readonly folder?: string
  readonly original?: () => Readable
  readonly bytes?: number
  readonly cacheBytes?: number
}

function wish(wanted: Partial<Transformation>, of = version) {
  return { version: of, wanted: { ...untransformed, ...wanted }, webp: false }
}

/** Images of one original, and how often one was rendered. */
function images({ folder = temporary(), original, bytes = 10_000, cacheBytes = 10_000 }: Options = {}) {
  const renderers = openRenderers({ concurrency: 1, waiting: 5, seconds: 60 })
  const counted = { renderings: 0 }
  const opened = openRenderedImages({
    config: {
      enabled: true,
      pixels: 1_000_000,
      bytes,
      concurrency: 1,
      waiting: 5,
      timeout: 60,
      folder,
      cacheBytes,
    },
    blobs: { read: async (id) => (id === version ? (original?.() ?? Readable.from([photo])) : null) },
    now: Date.now,
    renderers: {
      ...renderers,
      render: async (prepare, signal) => {
        counted.renderings += 1
        return await renderers.render(prepare, signal)
      },
    },
  })
  onTestFinished(() => opened.close())
  return { opened, counted, folder }
}

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tenon-rendered-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function widthOf(image: Awaited<ReturnType<ReturnType<typeof openRenderedImages>['render']>>): Promise<number> {
  if (image === null) throw new Error('no image')
  return (await sharp(await buffer(image.bytes())).metadata()).width
}

describe('openRenderedImages', { timeout: 60_000 }, () => {
  it('renders once for all who ask for the same at once, and not again', async () => {
    const { opened, counted } = images()
    const all = await Promise.all([10, 10, 10, 5].map(async (width) => await opened.render(wish({ width }), never)))
    expect(await Promise.all(all.map(widthOf))).toEqual([10, 10, 10, 5])
    expect(await widthOf(await opened.render(wish({ width: 10 }), never))).toBe(10)
    expect(counted.renderings).toBe(2)
  })

  it('renders nothing that was kept before a restart', async () => {
    const before = images()
    await (await before.opened.render(wish({ width: 10 }), never))?.close()
    const { opened, counted } = images({ folder: before.folder })
    expect(await widthOf(await opened.render(wish({ width: 10 }), never))).toBe(10)
    expect(counted.renderings).toBe(0)
  })

  it('serves what is larger than all that may be kept', async () => {
    const { opened } = images({ cacheBytes: 0 })
    const all = await Promise.all([10, 11, 12].map(async (width) => await opened.render(wish({ width }), never)))
    expect(await Promise.all(all.map(widthOf))).toEqual([10, 11, 12])
  })

  it('leaves no file of its work behind, whatever came of it', async () => {
    const { opened, folder } = images({ original: () => Readable.from([photo.subarray(0, 60)]) })
    await expect(opened.render(wish({}), never)).rejects.toMatchObject({ code: 'storage.image-invalid' })
    expect(readdirSync(join(folder, 'unfinished'))).toEqual([])
  })

  it('knows of no original without bytes', async () => {
    expect(await images().opened.render(wish({}, newBlobId()), never)).toBeNull()
  })

  it('reads no further than it must of what is no image, or too large', async () => {
    const chunk = Buffer.alloc(1000)
    let read = 0
    const endless = (start: Buffer) => () =>
      Readable.from(
        (function* () {
          yield start
          for (;;) {
            read += 1
            yield chunk
          }
        })(),
      )
    const words = images({ original: endless(Buffer.alloc(100, 'words')) })
    await expect(words.opened.render(wish({}), never)).rejects.toMatchObject({ detail: { problem: 'unreadable' } })
    const large = images({ original: endless(photo), bytes: 20_000 })
    await expect(large.opened.render(wish({}), never)).rejects.toMatchObject({ detail: { problem: 'too-many-bytes' } })
    expect(read).toBeLessThan(200)
  })

  it('brings no original to the disk before it has its turn, and none of what is refused', async () => {
    let originals = 0
    const original = (): Readable => {
      originals += 1
      return new Readable({ read() {} })
    }
    const { opened, folder } = images({ original })
    const leaving = new AbortController()
    const said: string[] = []
    const asking = Array.from({ length: 20 }, async (_, index) => {
      await opened.render(wish({ width: index + 1 }), leaving.signal).catch((error: Error) => said.push(error.message))
    })
    // One has its turn and five wait for theirs.
    await expect.poll(() => said.length).toBe(14)
    await expect.poll(() => readdirSync(join(folder, 'unfinished'))).toHaveLength(1)
    leaving.abort(new Error('left'))
    await Promise.all(asking)
    expect([originals, said.filter((message) => message === 'left').length]).toEqual([1, 6])
    await expect.poll(() => readdirSync(join(folder, 'unfinished'))).toEqual([])
  })

  it('breaks off when the last client leaves', async () => {
    const { opened } = images({ original: () => new Readable({ read() {} }) })
    const leaving = new AbortController()
    const rendering = opened.render(wish({}), leaving.signal)
    leaving.abort(new Error('left'))
    await expect(rendering).rejects.toThrow('left')
  })
})

describe('keyOf', () => {
  it('is another for whatever comes to other bytes', () => {
    const wishes = [
      wish({}),
      wish({ width: 1 }),
      wish({ height: 1 }),
      wish({ width: 1, resize: 'fill' }),
      wish({ quality: 20 }),
      wish({ format: 'webp' }),
      wish({ format: 'origin' }),
      wish({ gravity: { kind: 'smart' } }),
      wish({}, newBlobId()),
      { ...wish({}), webp: true },
    ]
    expect(new Set(wishes.map(keyOf)).size).toBe(wishes.length)
    expect(keyOf({ ...wish({ format: 'webp' }), webp: true })).toBe(keyOf(wish({ format: 'webp' })))
  })
})
