import { describe, expect, it } from 'vitest'

import { planSize } from './plan-size.ts'
import { type Gravity, type Transformation, untransformed } from './transformation.ts'

const landscape = { width: 400, height: 200 }

function plan(wanted: Partial<Transformation>, source = landscape) {
  return planSize(source, { ...untransformed, ...wanted })
}

describe('planSize', () => {
  it('covers the box and crops the middle', () => {
    expect(plan({ width: 100, height: 100 })).toEqual({
      scaled: { width: 200, height: 100 },
      crop: { kind: 'box', left: 50, top: 0, width: 100, height: 100 },
    })
  })

  it('contains the picture within the box', () => {
    expect(plan({ width: 100, height: 100, resize: 'contain' })).toEqual({
      scaled: { width: 100, height: 50 },
      crop: null,
    })
  })

  it('stretches where it is to fill', () => {
    expect(plan({ width: 100, height: 100, resize: 'fill' })).toEqual({
      scaled: { width: 100, height: 100 },
      crop: null,
    })
    expect(plan({ width: 100, resize: 'fill' })).toEqual({ scaled: { width: 100, height: 200 }, crop: null })
  })

  it.each(['cover', 'contain'] as const)('keeps the ratio where one side is given: %s', (resize) => {
    expect(plan({ width: 100, resize })).toEqual({ scaled: { width: 100, height: 50 }, crop: null })
    expect(plan({ height: 100, resize })).toEqual({ scaled: { width: 200, height: 100 }, crop: null })
  })

  it('never enlarges', () => {
    expect(plan({ width: 2000, height: 2000, resize: 'contain' }).scaled).toEqual(landscape)
    expect(plan({ width: 2000 }).scaled).toEqual(landscape)
    expect(plan({ width: 800, height: 100 })).toEqual({
      scaled: landscape,
      crop: { kind: 'box', left: 0, top: 50, width: 400, height: 100 },
    })
    expect(plan({ width: 800, height: 800, resize: 'fill' }).scaled).toEqual({ width: 200, height: 200 })
  })

  it.each<[Gravity, number, number]>([
    [{ kind: 'direction', direction: 'we', x: null, y: null }, 0, 0],
    [{ kind: 'direction', direction: 'ea', x: null, y: null }, 100, 0],
    [{ kind: 'direction', direction: 'nowe', x: 10, y: null }, 10, 0],
    [{ kind: 'direction', direction: 'soea', x: 10, y: null }, 90, 0],
    [{ kind: 'direction', direction: 'ce', x: 0.1, y: null }, 70, 0],
    [{ kind: 'direction', direction: 'we', x: -5, y: null }, 0, 0],
    [{ kind: 'direction', direction: 'we', x: 5000, y: null }, 100, 0],
    [{ kind: 'point', x: 0, y: 0 }, 0, 0],
    [{ kind: 'point', x: 0.5, y: 1 }, 50, 0],
    [{ kind: 'point', x: 1, y: 1 }, 100, 0],
  ])('keeps the part that %j names', (gravity, left, top) => {
    expect(plan({ width: 100, height: 100, gravity }).crop).toMatchObject({ left, top })
  })

  it('leaves it to the picture where the crop is smart', () => {
    expect(plan({ width: 100, height: 100, gravity: { kind: 'smart' } }).crop).toEqual({
      kind: 'smart',
      width: 100,
      height: 100,
    })
  })

  it('keeps a pixel of the thinnest picture, and bounds the longest', () => {
    expect(plan({ width: 10 }, { width: 5000, height: 1 }).scaled).toEqual({ width: 10, height: 1 })
    expect(plan({}, { width: 20_000, height: 100 }).scaled).toEqual({ width: 8192, height: 41 })
  })
})
