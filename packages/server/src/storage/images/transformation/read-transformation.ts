// Reads a transformation as clients ask for it: the query of a rendered image, or `transform` where a URL is signed.

import { Refusal } from '../../../refusal/refusal.ts'
import { type Direction, type Gravity, LARGEST_SIDE, type Transformation } from './transformation.ts'

type Given = Readonly<Record<string, unknown>>

const resizes = ['cover', 'contain', 'fill'] as const
const formats = ['origin', 'avif', 'webp'] as const
const directions = ['no', 'so', 'ea', 'we', 'noea', 'nowe', 'soea', 'sowe', 'ce'] as const
const gravities = [...directions, 'sm', 'fp'] as const

/**
 * `where` begins the messages, as upstream's validation words them: `querystring` or `body/transform`. Texts that are
 * numbers are numbers. Refuses with `storage.request-invalid`.
 */
export function readTransformation(given: Given, where: string): Transformation {
  const read = reading(given, where)
  const height = read.integer('height', 0, null)
  const width = read.integer('width', 0, null)
  const resize = read.oneOf('resize', resizes)
  const format = read.oneOf('format', formats)
  const quality = read.integer('quality', 20, 100)
  const gravity = read.oneOf('gravity', gravities)
  const offsets = { x: read.number('x_offset'), y: read.number('y_offset') }
  return {
    width: side(width),
    height: side(height),
    resize: resize ?? 'cover',
    quality,
    format,
    gravity: gravity === null ? null : gravityOf(gravity, offsets, where),
  }
}

/** None for 0, and for nothing. */
function side(pixels: number | null): number | null {
  return pixels === null || pixels === 0 ? null : Math.min(pixels, LARGEST_SIDE)
}

interface Offsets {
  readonly x: number | null
  readonly y: number | null
}

function gravityOf(name: Direction | 'sm' | 'fp', { x, y }: Offsets, where: string): Gravity {
  if (name === 'sm') return { kind: 'smart' }
  if (name !== 'fp') return { kind: 'direction', direction: name, x, y }
  return { kind: 'point', x: share(x, 'x_offset', where), y: share(y, 'y_offset', where) }
}

function share(value: number | null, name: string, where: string): number {
  if (value === null) throw invalid(`${where} must have required property '${name}'`)
  if (value < 0) throw invalid(`${where}/${name} must be >= 0`)
  if (value > 1) throw invalid(`${where}/${name} must be <= 1`)
  return value
}

function reading(given: Given, where: string) {
  const read = (name: string, kind: string): number | null => {
    const value = given[name]
    if (value === undefined) return null
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof number === 'number' && Number.isFinite(number)) return number
    throw invalid(`${where}/${name} must be ${kind}`)
  }
  return {
    number: (name: string): number | null => read(name, 'number'),
    integer(name: string, least: number, most: number | null): number | null {
      const value = read(name, 'integer')
      if (value === null) return null
      if (!Number.isInteger(value)) throw invalid(`${where}/${name} must be integer`)
      if (value < least) throw invalid(`${where}/${name} must be >= ${least}`)
      if (most !== null && value > most) throw invalid(`${where}/${name} must be <= ${most}`)
      return value
    },
    oneOf<Name extends string>(name: string, allowed: readonly Name[]): Name | null {
      const value = given[name]
      if (value === undefined) return null
      const found = allowed.find((each) => each === value)
      if (found === undefined) throw invalid(`${where}/${name} must be equal to one of the allowed values`)
      return found
    },
  }
}

function invalid(reason: string): Refusal<'storage.request-invalid'> {
  return new Refusal('storage.request-invalid', { reason })
}
