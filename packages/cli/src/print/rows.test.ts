import { expect, test } from 'vitest'

import { renderRows } from './rows.ts'

const printed = {
  columns: ['id', 'name'],
  rows: [
    ['1', 'a,"b"'],
    ['22', null],
    ['3', ''],
  ],
}

test('a table lines its columns up and counts its rows', () => {
  expect(renderRows(printed, 'table')).toBe('id | name\n---+------\n1  | a,"b"\n22 |\n3  |\n(3 rows)')
})

test('csv quotes what needs it and tells an empty string from null', () => {
  expect(renderRows(printed, 'csv')).toBe('id,name\n1,"a,""b"""\n22,\n3,""')
})

test('json keeps null as null', () => {
  expect(JSON.parse(renderRows(printed, 'json'))[1]).toEqual({ id: '22', name: null })
})
