import { expect, test } from 'vitest'

import { moveCell, nextCell } from './move-cell.ts'

const grid = { rows: 100, columns: 5, page: 20 }
const key = (name: string, ctrl = false) => ({ key: name, ctrl })

test.each([
  [key('ArrowDown'), { row: 11, column: 2 }],
  [key('ArrowUp', true), { row: 0, column: 2 }],
  [key('ArrowRight'), { row: 10, column: 3 }],
  [key('PageDown'), { row: 30, column: 2 }],
  [key('PageUp'), { row: 0, column: 2 }],
  [key('End'), { row: 10, column: 4 }],
  [key('End', true), { row: 99, column: 4 }],
  [key('Home', true), { row: 0, column: 0 }],
  [key('x'), null],
])('from the eleventh row %j leads to %j', (pressed, expected) => {
  expect(moveCell({ row: 10, column: 2 }, pressed, grid)).toEqual(expected)
})

test('nothing leads out of the grid', () => {
  expect(moveCell({ row: 99, column: 4 }, key('ArrowDown'), grid)).toEqual({ row: 99, column: 4 })
  expect(nextCell({ row: 99, column: 4 }, false, grid)).toEqual({ row: 99, column: 4 })
  expect(nextCell({ row: 0, column: 0 }, true, grid)).toEqual({ row: 0, column: 0 })
})

test('the next cell of the last one is in the next row', () => {
  expect(nextCell({ row: 3, column: 4 }, false, grid)).toEqual({ row: 4, column: 0 })
  expect(nextCell({ row: 3, column: 0 }, true, grid)).toEqual({ row: 2, column: 4 })
})
