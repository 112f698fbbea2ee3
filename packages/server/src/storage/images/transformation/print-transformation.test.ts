import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { printForHeader, printTransformation, readPrinted } from './print-transformation.ts'
import { type Transformation, untransformed } from './transformation.ts'

const sides = fc.option(fc.integer({ min: 1, max: 2000 }), { nil: null })
const offsets = fc.option(fc.integer({ min: -99, max: 99 }), { nil: null })

describe('printTransformation', () => {
  it('writes what upstream writes', () => {
    const wanted: Transformation = {
      width: 200,
      height: 100,
      resize: 'contain',
      quality: 60,
      format: 'webp',
      gravity: { kind: 'point', x: 0, y: 1 },
    }
    expect(printTransformation(wanted)).toBe(
      'height:100,width:200,resize:contain,quality:60,format:webp,gravity:fp:0:1',
    )
    expect(printForHeader(wanted)).toBe('height:100,width:200,resizing_type:fit,quality:60,format:webp,gravity:fp:0:1')
  })

  it('says nothing where nothing changes', () => {
    expect(printTransformation(untransformed)).toBe('')
    expect(printTransformation({ ...untransformed, format: 'origin' })).toBe('')
  })

  it('is read again as it was', () => {
    const wishes = fc.record({
      width: sides,
      height: sides,
      resize: fc.constantFrom('cover' as const, 'contain' as const, 'fill' as const),
      quality: fc.option(fc.integer({ min: 20, max: 100 }), { nil: null }),
      format: fc.constantFrom('origin' as const, 'avif' as const, 'webp' as const, null),
      gravity: fc.oneof(
        fc.constant(null),
        fc.constant({ kind: 'smart' as const }),
        fc.record({
          kind: fc.constant('point' as const),
          x: fc.constantFrom(0, 0.25, 1),
          y: fc.constantFrom(0, 0.125, 1),
        }),
        fc
          .tuple(fc.constantFrom('no' as const, 'sowe' as const, 'ce' as const), offsets, offsets)
          .map(([direction, x, y]) =>
            x === null || y === null
              ? { kind: 'direction' as const, direction, x: null, y: null }
              : { kind: 'direction' as const, direction, x, y },
          ),
      ),
    })
    fc.assert(
      fc.property(wishes, (wanted) => {
        const sized = wanted.width !== null || wanted.height !== null
        const expected = sized ? wanted : { ...wanted, resize: 'cover' }
        expect(readPrinted(printTransformation(wanted), wanted.format ?? undefined)).toEqual(expected)
      }),
    )
  })

  it('passes over what it does not know, as tokens of others have it', () => {
    expect(readPrinted('', undefined)).toEqual(untransformed)
    expect(readPrinted('height:,blur:3,width:10', undefined)).toEqual({ ...untransformed, width: 10 })
  })
})
