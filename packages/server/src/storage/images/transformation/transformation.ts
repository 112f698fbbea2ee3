// What is wanted of an image, resolved: the one value that URLs, tokens, the cache and the renderer speak of.

export type Resize = 'cover' | 'contain' | 'fill'

/** `origin` keeps the format of the original, whatever the client accepts. */
export type WantedFormat = 'origin' | 'avif' | 'webp'

/** Which part a crop keeps: a side or a corner (north, south, east, west), the centre, what catches the eye, or a point. */
export type Direction = 'no' | 'so' | 'ea' | 'we' | 'noea' | 'nowe' | 'soea' | 'sowe' | 'ce'

export type Gravity =
  | {
      readonly kind: 'direction'
      readonly direction: Direction
      /** Pixels, or below 1 a share of the image; null where none was given. */
      readonly x: number | null
      readonly y: number | null
    }
  | { readonly kind: 'smart' }
  /** Both from 0 to 1. */
  | { readonly kind: 'point'; readonly x: number; readonly y: number }

export interface Transformation {
  /** From 1 to `LARGEST_SIDE`; null where it follows from the other side. */
  readonly width: number | null
  readonly height: number | null
  readonly resize: Resize
  /** From 20 to 100; null for the default of the format. */
  readonly quality: number | null
  /** Null leaves it to what the client accepts. */
  readonly format: WantedFormat | null
  readonly gravity: Gravity | null
}

/** Pixels; a larger wish is taken for this one, as upstream does. */
export const LARGEST_SIDE = 2000

export const untransformed: Transformation = {
  width: null,
  height: null,
  resize: 'cover',
  quality: null,
  format: null,
  gravity: null,
}
