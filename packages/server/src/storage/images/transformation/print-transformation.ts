// Prints a transformation as upstream does, and reads the print again: the claim `transformations` of a signed URL and
// the header `X-Transformations` have the same form, but for the name of the resizing.

import { readTransformation } from './read-transformation.ts'
import type { Gravity, Resize, Transformation } from './transformation.ts'

/** `height:100,width:200,resize:cover`; empty where nothing but the original's format is wanted: such a URL needs no rendering. */
export function printTransformation(wanted: Transformation): string {
  return print(wanted, `resize:${wanted.resize}`)
}

/** What `X-Transformations` says; the names of the resizing are those of upstream's renderer. */
export function printForHeader(wanted: Transformation): string {
  return print(wanted, `resizing_type:${rendererNames[wanted.resize]}`)
}

const rendererNames: Readonly<Record<Resize, string>> = { cover: 'fill', contain: 'fit', fill: 'force' }

function print({ height, width, quality, format, gravity }: Transformation, resize: string): string {
  return [
    height === null ? null : `height:${height}`,
    width === null ? null : `width:${width}`,
    height === null && width === null ? null : resize,
    quality === null ? null : `quality:${quality}`,
    format === null || format === 'origin' ? null : `format:${format}`,
    gravity === null ? null : `gravity:${printGravity(gravity)}`,
  ]
    .filter((part) => part !== null)
    .join(',')
}

function printGravity(gravity: Gravity): string {
  if (gravity.kind === 'smart') return 'sm'
  if (gravity.kind === 'point') return `fp:${gravity.x}:${gravity.y}`
  const { direction, x, y } = gravity
  return x === null && y === null ? direction : `${direction}:${x ?? 0}:${y ?? 0}`
}

/**
 * What `printTransformation` printed; `format` is the claim of that name, which alone tells `origin`. Refuses with
 * `storage.request-invalid`.
 */
export function readPrinted(text: string, format: string | undefined): Transformation {
  const given: Record<string, string> = format === undefined || format === '' ? {} : { format }
  for (const part of text.split(',')) {
    const [name = '', value, x, y] = part.split(':')
    if (value === undefined || value === '') continue
    given[name] = value
    if (name === 'gravity' && x !== undefined) given['x_offset'] = x
    if (name === 'gravity' && y !== undefined) given['y_offset'] = y
  }
  return readTransformation(given, 'token')
}
