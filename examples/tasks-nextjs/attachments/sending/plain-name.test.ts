import { expect, test } from 'vitest'

import { plainName } from './plain-name'

test.each([
  ['Übersicht (1).png', 'Ubersicht (1).png'],
  ['notes.txt', 'notes.txt'],
  ['Crème brûlée.md', 'Creme brulee.md'],
])('%s is %s', (name, plain) => {
  expect(plainName(name)).toBe(plain)
})

test('names that have no plain form stay apart, and are the same each time', () => {
  const names = ['報告.pdf', '合同.pdf', 'Отчёт', 'Отчет', '😀.png', '😁.png'].map((name) => plainName(name))
  expect(new Set(names).size).toBe(names.length)
  for (const name of names) expect(name).toMatch(/^_+-\w+(\.\w+)?$/)
  expect(plainName('報告.pdf')).toBe(names[0])
})

test('a name is the same however its letters are composed', () => {
  expect(plainName('ü 報'.normalize('NFD'))).toBe(plainName('ü 報'.normalize('NFC')))
})
