// The formats of images: told by their first bytes, and chosen for a result.

import type { Transformation } from './transformation.ts'

/** What can be rendered. */
export type SourceFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'tiff'

/** What a result can be. */
export type ResultFormat = Exclude<SourceFormat, 'tiff'>

/** How many bytes `sourceFormat` looks at. */
export const SIGNATURE_BYTES = 32

const mimeTypes: Readonly<Record<ResultFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
}

export function mimeTypeOf(format: ResultFormat): string {
  return mimeTypes[format]
}

export function isResultFormat(text: string): text is ResultFormat {
  return Object.hasOwn(mimeTypes, text)
}

/**
 * By the signature of the file, whatever the object's content type claims; null for what is not rendered. Only these are
 * ever shown to a decoder: no SVG, which may name other files, no PDF, no format that is rare enough to be little tested.
 */
export function sourceFormat(head: Buffer): SourceFormat | null {
  const text = head.toString('latin1', 0, SIGNATURE_BYTES)
  if (text.startsWith('\u00FF\u00D8\u00FF')) return 'jpeg'
  if (text.startsWith('\u0089PNG\r\n\u001A\n')) return 'png'
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'gif'
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'webp'
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'tiff'
  return text.startsWith('ftyp', 4) && /^(?:avif|avis)/.test(text.slice(8)) ? 'avif' : null
}

/** What the client says about formats, as far as it decides one. */
export function acceptsWebp(accept: string | undefined): boolean {
  return accept?.includes('image/webp') === true
}

interface Original {
  readonly format: SourceFormat
  readonly hasAlpha: boolean
}

/**
 * The format that was asked for; else WebP for whoever accepts it. Whatever every browser shows stays as it is; for others
 * that holds where `origin` is wanted.
 */
export function resultFormat(wanted: Transformation['format'], webp: boolean, original: Original): ResultFormat {
  if (wanted === 'avif' || wanted === 'webp') return wanted
  if (wanted === null && webp) return 'webp'
  const { format, hasAlpha } = original
  if (format === 'jpeg' || format === 'png' || format === 'gif') return format
  if (wanted === 'origin' && format !== 'tiff') return format
  return hasAlpha ? 'png' : 'jpeg'
}
