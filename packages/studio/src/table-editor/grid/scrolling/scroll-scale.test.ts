import { expect, test } from 'vitest'

import { scaleOf } from './scroll-scale.ts'

test('what a browser can scroll is not scaled', () => {
  expect(scaleOf(1_000_000, 600)).toEqual({ height: 1_000_000, factor: 1 })
})

test('the end of the box is the end of the rows', () => {
  const { height, factor } = scaleOf(3_000_000_000, 600)
  expect(height).toBeLessThan(17_000_000)
  expect((height - 600) * factor).toBeCloseTo(3_000_000_000 - 600)
})
