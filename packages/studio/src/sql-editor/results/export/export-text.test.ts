import { expect, test } from 'vitest'

import { toCsv, toJson } from './export-text.ts'

const columns = [
  { name: 'id', type: 'bigint' },
  { name: 'name', type: 'text' },
  { name: 'done', type: 'boolean' },
  { name: 'more', type: 'jsonb' },
  { name: 'id', type: 'numeric(5,2)' },
]

test('CSV quotes what it must, and tells null from the empty text', () => {
  const rows = [
    ['1', 'a "b", c', 't', null, '1.50'],
    ['2', '', 'f', null, 'NaN'],
  ]
  expect(toCsv(columns, rows)).toBe(`id,name,done,more,id\r\n1,"a ""b"", c",t,,1.50\r\n2,"",f,,NaN\r\n`)
})

test('JSON keeps every digit and the types that it has', () => {
  const text = toJson(columns, [['9007199254740993', 'x', 't', '{"a": [1]}', 'NaN']])
  expect(text).toContain('9007199254740993')
  expect(JSON.parse(text)).toMatchObject([{ name: 'x', done: true, more: { a: [1] }, id_2: 'NaN' }])
  expect(toJson(columns, [])).toBe('[]\n')
})

test('an array is a text, as Postgres prints it', () => {
  expect(JSON.parse(toJson([{ name: 'a', type: 'integer[]' }], [['{1,2}']]))).toEqual([{ a: '{1,2}' }])
})
