import { expect, test } from 'vitest'

import { delimiterOf, parseCsv } from './parse-csv.ts'

test.each([
  ['a,b,c\n1;2;3', ','],
  ['a;b;"x,y,z"\n', ';'],
  ['a\tb\n', '\t'],
  ['a\n', ','],
])('%j is separated by %j', (text, delimiter) => {
  expect(delimiterOf(text)).toBe(delimiter)
})

test('quotes, line ends and empty fields are read as the server reads them', () => {
  expect(parseCsv('\uFEFFa,b\r\n"x ""y"", z\n",\n"",2\n', ',', 9)).toEqual([
    ['a', 'b'],
    ['x "y", z\n', null],
    ['', '2'],
  ])
})

test('a last line without an end counts, and no more than asked for is read', () => {
  expect(parseCsv('a;b\n1;', ';', 9)).toEqual([
    ['a', 'b'],
    ['1', null],
  ])
  expect(parseCsv('a\n1\n2\n3', ',', 2)).toHaveLength(2)
})
