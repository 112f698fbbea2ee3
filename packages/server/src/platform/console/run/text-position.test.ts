import { expect, test } from 'vitest'

import { positionAt, positionOfCharacter } from './text-position.ts'

test('a place has a line and a column that count from 1', () => {
  expect(positionAt('select\n  x', 9)).toEqual({ offset: 9, line: 2, column: 3 })
  expect(positionAt('select', 0)).toEqual({ offset: 0, line: 1, column: 1 })
})

test("Postgres' place is found behind characters of two units and behind what was put before", () => {
  const text = "select 1;\nselect '🎻', wrong"
  expect(positionOfCharacter(text, 10, 13)).toEqual({ offset: 23, line: 2, column: 14 })
  expect(text.slice(23)).toBe('wrong')
  expect(positionOfCharacter(text, 10, 13 + 8, 8).offset).toBe(23)
})
