// From the size of the original to the size of the result, by the rules of imgproxy, which renders upstream: sides keep
// their ratio but for `fill`, nothing is enlarged, and `cover` crops what stands out.

import type { Gravity, Transformation } from './transformation.ts'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface SizePlan {
  /** The whole original, scaled. */
  readonly scaled: Size
  /** What is kept of it; null for all. */
  readonly crop: Crop | null
}

export type Crop =
  | ({ readonly kind: 'box'; readonly left: number; readonly top: number } & Size)
  /** Where, is found out from the picture. */
  | ({ readonly kind: 'smart' } & Size)

/** No side of a result is longer: what the formats can hold, and bounded work where only a format was asked for. */
const LONGEST = 8192

export function planSize(source: Size, wanted: Transformation): SizePlan {
  const shrink = bounded(source, notEnlarged(shrinkOf(source, wanted)))
  const scaled = {
    width: Math.max(1, Math.round(source.width / shrink.x)),
    height: Math.max(1, Math.round(source.height / shrink.y)),
  }
  return { scaled, crop: cropOf(scaled, wanted) }
}

interface Shrink {
  readonly x: number
  readonly y: number
}

function shrinkOf(source: Size, { width, height, resize }: Transformation): Shrink {
  const x = width === null ? 1 : source.width / width
  const y = height === null ? 1 : source.height / height
  if (resize === 'fill') return { x, y }
  if (width === null) return { x: y, y }
  if (height === null) return { x, y: x }
  const both = resize === 'contain' ? Math.max(x, y) : Math.min(x, y)
  return { x: both, y: both }
}

/** Both sides by the same factor, so that the ratio that was asked for stays. */
function notEnlarged({ x, y }: Shrink): Shrink {
  const least = Math.min(x, y)
  return least < 1 ? { x: x / least, y: y / least } : { x, y }
}

function bounded(source: Size, { x, y }: Shrink): Shrink {
  const longest = Math.max(source.width / x, source.height / y)
  return longest > LONGEST ? { x: (x * longest) / LONGEST, y: (y * longest) / LONGEST } : { x, y }
}

function cropOf(scaled: Size, { width, height, gravity }: Transformation): Crop | null {
  const kept = {
    width: Math.min(width ?? scaled.width, scaled.width),
    height: Math.min(height ?? scaled.height, scaled.height),
  }
  if (kept.width === scaled.width && kept.height === scaled.height) return null
  if (gravity?.kind === 'smart') return { kind: 'smart', ...kept }
  const { left, top } = gravity?.kind === 'point' ? around(scaled, kept, gravity) : towards(scaled, kept, gravity)
  return {
    kind: 'box',
    left: within(left, scaled.width - kept.width),
    top: within(top, scaled.height - kept.height),
    ...kept,
  }
}

interface Corner {
  readonly left: number
  readonly top: number
}

function around(scaled: Size, kept: Size, { x, y }: { readonly x: number; readonly y: number }): Corner {
  return {
    left: Math.round(scaled.width * x) - Math.floor(kept.width / 2),
    top: Math.round(scaled.height * y) - Math.floor(kept.height / 2),
  }
}

function towards(scaled: Size, kept: Size, gravity: Extract<Gravity, { kind: 'direction' }> | null): Corner {
  const direction = gravity?.direction ?? 'ce'
  const x = offset(gravity?.x ?? 0, scaled.width)
  const y = offset(gravity?.y ?? 0, scaled.height)
  const spare = { width: scaled.width - kept.width, height: scaled.height - kept.height }
  return {
    left: direction.endsWith('we') ? x : direction.endsWith('ea') ? spare.width - x : Math.round(spare.width / 2) + x,
    top: direction.startsWith('no')
      ? y
      : direction.startsWith('so')
        ? spare.height - y
        : Math.round(spare.height / 2) + y,
  }
}

/** Pixels; below 1 a share of the side. */
function offset(given: number, side: number): number {
  return Math.round(Math.abs(given) < 1 ? given * side : given)
}

function within(value: number, most: number): number {
  return Math.max(0, Math.min(value, most))
}
