// What the server tells the process that renders, and what it hears back. Bytes go through files, so that neither holds
// an image in a message.

import type { ResultFormat, SourceFormat } from '../transformation/image-format.ts'
import type { Transformation } from '../transformation/transformation.ts'

export interface RenderOrder {
  /** The file that holds the original. */
  readonly input: string
  readonly source: SourceFormat
  /** The file to make. */
  readonly output: string
  readonly wanted: Transformation
  /** Whether the client takes WebP. */
  readonly webp: boolean
  /** Width times height that may be decoded, all frames of an animation together. */
  readonly pixels: number
  readonly seconds: number
}

export type RenderOutcome =
  | { readonly kind: 'rendered'; readonly format: ResultFormat }
  /** The decoder could make nothing of it: what it said. */
  | { readonly kind: 'unreadable'; readonly said: string }
  | { readonly kind: 'too-many-pixels' }
  | { readonly kind: 'too-slow' }
  /** There is no sharp for this machine: what its loader said. */
  | { readonly kind: 'unavailable'; readonly said: string }
