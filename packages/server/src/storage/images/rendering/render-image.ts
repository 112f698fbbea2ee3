// Renders one image with sharp. Runs in a process of its own, whose input is hostile until proven otherwise.

import sharp, { type Sharp, type SharpOptions } from 'sharp'

import { type ResultFormat, resultFormat } from '../transformation/image-format.ts'
import { planSize, type SizePlan } from '../transformation/plan-size.ts'
import type { Transformation } from '../transformation/transformation.ts'
import type { RenderOrder, RenderOutcome } from './render-order.ts'

/** The decoders behind the formats that `sourceFormat` tells. */
const decoders = ['Jpeg', 'Png', 'Nsgif', 'Webp', 'Heif', 'Tiff'].map((name) => `VipsForeignLoad${name}`)

/** As imgproxy has them. PNG and GIF lose nothing by a quality, so it says nothing to them. */
const qualities = { jpeg: 80, webp: 80, avif: 62 } as const

/** One image at a time, on one thread, and nothing kept for the next. */
export function prepareSharp(): void {
  sharp.concurrency(1)
  sharp.cache(false)
  sharp.block({ operation: ['VipsForeignLoad'] })
  sharp.unblock({ operation: decoders })
}

/** Never rejects because of what the image is. */
export async function renderImage(order: RenderOrder): Promise<RenderOutcome> {
  try {
    return { kind: 'rendered', format: await render(order) }
  } catch (error) {
    return outcomeOf(error instanceof Error ? error.message : String(error))
  }
}

/** libvips tells its failures by texts alone. */
function outcomeOf(said: string): RenderOutcome {
  if (said.includes('exceeds pixel limit')) return { kind: 'too-many-pixels' }
  if (said.includes('timeout')) return { kind: 'too-slow' }
  return { kind: 'unreadable', said }
}

async function render({ input, output, source, wanted, webp, pixels, seconds }: RenderOrder): Promise<ResultFormat> {
  // Upstream renders what has a wrong checksum, as browsers do.
  const options: SharpOptions = { limitInputPixels: pixels, failOn: 'truncated', sequentialRead: true, pages: 1 }
  const original = await sharp(input, options).metadata()
  const format = resultFormat(wanted.format, webp, { format: source, hasAlpha: original.hasAlpha })
  const moving = original.pages ?? 1
  const animated =
    moving > 1 &&
    (source === 'gif' || source === 'webp') &&
    (format === 'gif' || format === 'webp') &&
    (original.orientation ?? 1) === 1 &&
    moving * original.width * original.height <= pixels
  const plan = planSize(original.autoOrient, animated ? stillCrop(wanted) : wanted)
  const image = sharp(input, animated ? { ...options, pages: -1 } : { ...options, autoOrient: true })
  await written(sized(image, plan), format, wanted.quality).timeout({ seconds }).toFile(output)
  return format
}

/** What catches the eye is in another place in each frame. */
function stillCrop(wanted: Transformation): Transformation {
  return wanted.gravity?.kind === 'smart' ? { ...wanted, gravity: null } : wanted
}

function sized(image: Sharp, { scaled, crop }: SizePlan): Sharp {
  if (crop?.kind === 'smart') {
    return image.resize(crop.width, crop.height, { fit: 'cover', position: sharp.strategy.attention })
  }
  const resized = image.resize(scaled.width, scaled.height, { fit: 'fill' })
  return crop === null ? resized : resized.extract(crop)
}

/** Without metadata, which sharp leaves out: where a photo was taken is not for everybody who sees it. */
function written(image: Sharp, format: ResultFormat, quality: number | null): Sharp {
  switch (format) {
    case 'jpeg':
      return image.flatten({ background: 'white' }).jpeg({ quality: quality ?? qualities.jpeg })
    case 'webp':
      return image.webp({ quality: quality ?? qualities.webp })
    case 'avif':
      return image.avif({ quality: quality ?? qualities.avif, effort: 2 })
    case 'png':
      return image.png()
    case 'gif':
      return image.gif()
  }
}
