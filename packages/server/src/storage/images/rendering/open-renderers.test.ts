import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import sharp from 'sharp'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'

import { sourceFormat } from '../transformation/image-format.ts'
import { type Transformation, untransformed } from '../transformation/transformation.ts'
import { animation, bomb, framesBomb, rotatedPhoto } from './made-images.test-support.ts'
import { openRenderers, type Renderers } from './open-renderers.ts'
import { startRenderProcess } from './start-render-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'tenon-images-'))
const renderers = openRenderers({ concurrency: 2, waiting: 20, seconds: 60 })
afterAll(() => renderers.close())

let files = 0

interface Asked {
  readonly wanted?: Partial<Transformation>
  readonly webp?: boolean
  readonly pixels?: number
  readonly signal?: AbortSignal
}

function order(bytes: Buffer, { wanted = {}, webp = false, pixels = 50_000_000 }: Asked = {}) {
  files += 1
  const input = join(folder, `${files}.original`)
  writeFileSync(input, bytes)
  return {
    input,
    source: sourceFormat(bytes) ?? 'jpeg',
    output: join(folder, `${files}.rendered`),
    wanted: { ...untransformed, ...wanted },
    webp,
    pixels,
  }
}

async function rendered(bytes: Buffer, asked: Asked = {}) {
  const asking = order(bytes, asked)
  const made = await renderers.render(async () => asking, asked.signal ?? new AbortController().signal)
  if (made === null) throw new Error('nothing was prepared')
  const result = readFileSync(asking.output)
  return { format: made.format, result, metadata: await sharp(result, { pages: -1 }).metadata() }
}

function alone(module: string, options: { readonly waiting?: number; readonly seconds?: number } = {}): Renderers {
  const script = join(folder, `${(files += 1)}.mjs`)
  writeFileSync(script, module)
  const { waiting = 0, seconds = 60 } = options
  const opened = openRenderers({ concurrency: 1, waiting, seconds, start: () => startRenderProcess(script) })
  onTestFinished(() => opened.close())
  return opened
}

const never = new AbortController().signal
const photo = await sharp({ create: { width: 400, height: 200, channels: 3, background: 'teal' } })
  .jpeg()
  .toBuffer()
const drawing = await sharp(photo).png().toBuffer()
const transparent = await sharp({ create: { width: 40, height: 20, channels: 4, background: '#0f08' } })
  .png()
  .toBuffer()

describe('what is rendered', { timeout: 60_000 }, () => {
  it('has the size that was asked for, and the format that the client takes', async () => {
    const { format, metadata } = await rendered(photo, { wanted: { width: 100, height: 100 }, webp: true })
    expect(format).toBe('webp')
    expect(metadata).toMatchObject({ format: 'webp', width: 100, height: 100 })
  })

  it.each(['jpeg', 'png', 'gif', 'webp', 'avif', 'tiff'] as const)('may come from %s', async (source) => {
    const bytes = await sharp(photo).toFormat(source).toBuffer()
    const { format, metadata } = await rendered(bytes, { wanted: { width: 50, format: 'origin' } })
    expect(format).toBe(source === 'tiff' ? 'jpeg' : source)
    expect(metadata).toMatchObject({ width: 50, height: 25 })
  })

  it('is AVIF where that is asked for', async () => {
    const { result } = await rendered(photo, { wanted: { width: 20, format: 'avif' } })
    expect(sourceFormat(result)).toBe('avif')
  })

  it('keeps what is transparent', async () => {
    expect((await rendered(transparent, { webp: true })).metadata.hasAlpha).toBe(true)
    expect((await rendered(transparent)).format).toBe('png')
  })

  it('stands upright and says nothing of where it was taken', async () => {
    const { metadata } = await rendered(await rotatedPhoto(), { wanted: { width: 100, resize: 'contain' } })
    expect(metadata).toMatchObject({ width: 100, height: 200 })
    expect(metadata.exif).toBeUndefined()
    expect(metadata.orientation).toBeUndefined()
  })

  it('is smaller with a lower quality', async () => {
    const noise = await sharp({
      create: {
        width: 200,
        height: 200,
        channels: 3,
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
        background: 'red',
      },
    })
      .png()
      .toBuffer()
    const [low, high] = await Promise.all(
      [20, 100].map(async (quality) => await rendered(noise, { wanted: { quality, format: 'webp' } })),
    )
    expect(low?.result.length).toBeLessThan((high?.result.length ?? 0) / 2)
  })

  it('keeps the part that catches the eye', async () => {
    const spot = await sharp({ create: { width: 20, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const picture = await sharp({ create: { width: 400, height: 100, channels: 3, background: 'white' } })
      .composite([{ input: spot, left: 370, top: 40 }])
      .png()
      .toBuffer()
    const { result } = await rendered(picture, { wanted: { width: 100, height: 100, gravity: { kind: 'smart' } } })
    const { channels } = await sharp(result).stats()
    expect(channels[1]?.min).toBeLessThan(50)
  })

  it('moves where the original moves', async () => {
    const moving = await animation(4)
    const { metadata } = await rendered(moving, { wanted: { width: 10, height: 10 }, webp: true })
    expect(metadata).toMatchObject({ format: 'webp', pages: 4, width: 10, pageHeight: 10, delay: [70, 70, 70, 70] })
    expect((await rendered(moving, { wanted: { width: 10, format: 'origin' } })).metadata.pages).toBe(4)
    expect((await rendered(moving, { wanted: { width: 10, format: 'avif' } })).metadata.pages ?? 1).toBe(1)
  })

  it('stands still where all the frames would be too much', async () => {
    const { metadata } = await rendered(await framesBomb(10_000), { webp: true, pixels: 5000 })
    expect(metadata.pages ?? 1).toBe(1)
  })
})

describe('what is refused', { timeout: 60_000 }, () => {
  it.each([
    ['no image', Buffer.from('\u00FF\u00D8\u00FF and then none', 'latin1')],
    ['a photo that was cut off', photo.subarray(0, photo.length - 200)],
    ['a header without pixels', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['an SVG that calls itself a PNG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    ['a picture whose pixels are broken off', drawing.subarray(0, 120)],
  ])('is %s', async (_name, bytes) => {
    await expect(rendered(bytes)).rejects.toMatchObject({
      code: 'storage.image-invalid',
      detail: { problem: 'unreadable' },
    })
  })

  it.each([
    [30_000, 30_000],
    [2_000_000_000, 2_000_000_000],
  ])('is a few bytes that would be %i x %i pixels', async (width, height) => {
    const bytes = bomb(width, height)
    expect(bytes.length).toBeLessThan(1000)
    await expect(rendered(bytes)).rejects.toMatchObject({ code: 'storage.image-invalid' })
  })

  it('is one pixel more than is allowed', async () => {
    await expect(rendered(photo, { pixels: 400 * 200 - 1 })).rejects.toMatchObject({
      code: 'storage.image-invalid',
      detail: { problem: 'too-many-pixels' },
    })
    expect((await rendered(photo, { pixels: 400 * 200 })).metadata.width).toBe(400)
  })
})

describe('the processes', { timeout: 60_000 }, () => {
  it('end with an image that takes too long', async () => {
    const slow = alone(`process.on('message', () => {})`, { seconds: 0.1 })
    await expect(slow.render(async () => order(photo), never)).rejects.toMatchObject({ code: 'storage.image-too-slow' })
  })

  it('are started anew after an image that ended one', async () => {
    const brittle = alone(`
      process.on('message', ({ webp }) => (webp ? process.kill(process.pid, 'SIGSEGV') : process.send({ kind: 'rendered', format: 'png' })))`)
    await expect(brittle.render(async () => order(photo, { webp: true }), never)).rejects.toMatchObject({
      code: 'storage.image-invalid',
    })
    await expect(brittle.render(async () => order(photo), never)).resolves.toEqual({ kind: 'rendered', format: 'png' })
  })

  it('end with whoever leaves, and the next has its turn', async () => {
    const stuck = alone(
      `process.on('message', ({ webp }) => webp || process.send({ kind: 'rendered', format: 'png' }))`,
      { waiting: 1 },
    )
    const leaving = new AbortController()
    const first = stuck.render(async () => order(photo, { webp: true }), leaving.signal)
    const second = stuck.render(async () => order(photo), never)
    leaving.abort(new Error('left'))
    await expect(first).rejects.toThrow('left')
    await expect(second).resolves.toMatchObject({ kind: 'rendered' })
  })

  it('refuse whoever would wait behind too many', async () => {
    const stuck = alone(`process.on('message', () => {})`)
    const leaving = new AbortController()
    const first = stuck.render(async () => order(photo), leaving.signal)
    await expect(stuck.render(async () => order(photo), never)).rejects.toMatchObject({
      code: 'storage.images-busy',
      fix: expect.stringMatching(/concurrency or waiting under \[storage.image_transformation\]/),
    })
    leaving.abort(new Error('left'))
    await expect(first).rejects.toThrow('left')
  })

  it('say it where there is nothing to render with', async () => {
    const bare = alone(`process.on('message', () => process.send({ kind: 'unavailable', said: 'no sharp' }))`)
    await expect(bare.render(async () => order(photo), never)).rejects.toMatchObject({
      code: 'storage.images-unavailable',
      detail: { reason: 'no sharp' },
    })
  })
})
