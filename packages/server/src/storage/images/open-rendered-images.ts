// Rendered images, from what is kept or made anew: each once, however many ask for it at the same time.

import { createHash, randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'

import type { BlobId, Blobs } from '../blobs/blobs.ts'
import type { ImagesConfig } from '../config.ts'
import { createFlights } from './cache/create-flights.ts'
import { type KeptImage, openRenderedCache, type RenderedCache } from './cache/open-rendered-cache.ts'
import { copyOriginal } from './copy-original.ts'
import { openRenderers, type Prepare, type Renderers } from './rendering/open-renderers.ts'
import type { Transformation } from './transformation/transformation.ts'

export interface ImageWish {
  /** The original; bytes of a version never change. */
  readonly version: BlobId
  readonly wanted: Transformation
  /** Whether the client takes WebP. */
  readonly webp: boolean
}

export interface RenderedImages {
  /**
   * Whoever asks was let see the original. Null where the original has no bytes. Refuses as `Renderers.render`; rejects with
   * the signal's reason once it is aborted.
   */
  render(wish: ImageWish, signal: AbortSignal): Promise<KeptImage | null>
  close(): void
}

interface Parts {
  readonly config: ImagesConfig
  readonly blobs: Pick<Blobs, 'read'>
  readonly now: () => number
  readonly renderers?: Renderers
}

/** Raised where the same wish would be rendered to other bytes than before. */
const RECIPE = 1
/** How often a rendered image that had to make room before it was read is rendered again. */
const ATTEMPTS = 3

/** Nothing is opened or started before the first image is asked for. */
export function openRenderedImages(parts: Parts): RenderedImages {
  const { config, now } = parts
  const { concurrency, waiting, timeout } = config
  const renderers = parts.renderers ?? openRenderers({ concurrency, waiting, seconds: timeout })
  const flights = createFlights<boolean>()
  let opened: Promise<RenderedCache> | null = null
  const openedCache = async (): Promise<RenderedCache> => {
    opened ??= openRenderedCache(config.folder, config.cacheBytes, now).catch((error: unknown) => {
      opened = null
      throw error
    })
    return await opened
  }
  return {
    async render(wish, signal) {
      const cache = await openedCache()
      const key = keyOf(wish)
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const kept = await cache.read(key)
        if (kept !== null) return kept
        const found = await flights.join(
          key,
          signal,
          async (flight) => await renderToCache({ ...parts, renderers, cache }, key, wish, flight),
        )
        if (!found) return null
      }
      return await cache.read(key)
    },
    close: () => renderers.close(),
  }
}

/** The same for wishes that come to the same bytes; also what an entity tag is made of. */
export function keyOf({ version, wanted, webp }: ImageWish): string {
  const { width, height, resize, quality, format, gravity } = wanted
  const parts = [RECIPE, version, width, height, resize, quality, format ?? (webp ? 'accepts-webp' : null), gravity]
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)
}

interface Rendering extends Parts {
  readonly renderers: Renderers
  readonly cache: RenderedCache
}

/** False where there is no original. */
async function renderToCache(
  { config, blobs, renderers, cache }: Rendering,
  key: string,
  { version, wanted, webp }: ImageWish,
  signal: AbortSignal,
): Promise<boolean> {
  const name = randomUUID()
  const [input, output] = [cache.unfinished(`${name}.original`), cache.unfinished(`${name}.rendered`)]
  try {
    const prepare: Prepare = async () => {
      const source = await copyOriginal(blobs, { version, path: input, limit: config.bytes, signal })
      return source === null ? null : { input, source, output, wanted, webp, pixels: config.pixels }
    }
    const made = await renderers.render(prepare, signal)
    if (made !== null) await cache.keep(key, made.format, output)
    return made !== null
  } finally {
    await Promise.all([input, output].map(async (path) => await rm(path, { force: true })))
  }
}
