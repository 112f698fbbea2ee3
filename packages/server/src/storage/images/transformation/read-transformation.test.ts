import { describe, expect, it } from 'vitest'

import { isRefusal } from '../../../refusal/refusal.ts'
import { readTransformation } from './read-transformation.ts'
import { untransformed } from './transformation.ts'

function refusedWith(given: Readonly<Record<string, unknown>>): unknown {
  try {
    readTransformation(given, 'querystring')
  } catch (error) {
    if (isRefusal(error)) return error.detail
    throw error
  }
  return null
}

describe('readTransformation', () => {
  it.each([
    [{}, {}],
    [
      { width: '100', height: 50 },
      { width: 100, height: 50 },
    ],
    [{ width: '0', height: 0 }, {}],
    [
      { width: '99999', height: '2001' },
      { width: 2000, height: 2000 },
    ],
    [{ quality: '20' }, { quality: 20 }],
    [
      { resize: 'fill', format: 'origin' },
      { resize: 'fill', format: 'origin' },
    ],
    [{ token: 'x', download: 'cat.png' }, {}],
    [{ gravity: 'sm', x_offset: '3' }, { gravity: { kind: 'smart' } }],
    [{ gravity: 'ce' }, { gravity: { kind: 'direction', direction: 'ce', x: null, y: null } }],
    [{ gravity: 'no', y_offset: '-4' }, { gravity: { kind: 'direction', direction: 'no', x: null, y: -4 } }],
    [{ gravity: 'fp', x_offset: '0', y_offset: '1' }, { gravity: { kind: 'point', x: 0, y: 1 } }],
    [{ x_offset: '0.5' }, {}],
  ])('reads %j', (given, expected) => {
    expect(readTransformation(given, 'querystring')).toEqual({ ...untransformed, ...expected })
  })

  it.each([
    [{ width: '-1' }, 'querystring/width must be >= 0'],
    [{ height: 'tall' }, 'querystring/height must be integer'],
    [{ width: '' }, 'querystring/width must be integer'],
    [{ width: '1.5' }, 'querystring/width must be integer'],
    [{ width: ['1', '2'] }, 'querystring/width must be integer'],
    [{ width: 'Infinity' }, 'querystring/width must be integer'],
    [{ quality: '19' }, 'querystring/quality must be >= 20'],
    [{ quality: '101' }, 'querystring/quality must be <= 100'],
    [{ resize: 'cover\nmalicious' }, 'querystring/resize must be equal to one of the allowed values'],
    [{ format: 'svg' }, 'querystring/format must be equal to one of the allowed values'],
    [{ gravity: 'obj' }, 'querystring/gravity must be equal to one of the allowed values'],
    [{ gravity: 'fp' }, "querystring must have required property 'x_offset'"],
    [{ gravity: 'fp', x_offset: 0.5 }, "querystring must have required property 'y_offset'"],
    [{ gravity: 'fp', x_offset: 1.1, y_offset: 0 }, 'querystring/x_offset must be <= 1'],
    [{ gravity: 'fp', x_offset: 0, y_offset: -0.1 }, 'querystring/y_offset must be >= 0'],
    [{ x_offset: 'left' }, 'querystring/x_offset must be number'],
  ])('refuses %j', (given, reason) => {
    expect(refusedWith(given)).toEqual({ reason })
  })
})
