import { expect, test } from 'vitest'

import { restChanges, restProblems, restTexts } from './rest-form.ts'

const present = { schemas: ['public'], extraSearchPath: ['public', 'extensions'], maxRows: 1000 }

test('what is as it was is no change, and only what differs is sent', () => {
  const texts = restTexts(present)
  expect(restChanges(texts, present)).toBeNull()
  expect(restChanges({ ...texts, maxRows: ' 50 ' }, present)).toEqual({ maxRows: 50 })
  expect(restChanges({ ...texts, maxRows: '' }, present)).toEqual({ maxRows: null })
  expect(restChanges({ ...texts, schemas: ['public', 'shop'] }, present)).toEqual({ schemas: ['public', 'shop'] })
})

test.each([
  ['0', true],
  ['-1', true],
  ['1.5', true],
  ['many', true],
  ['', false],
  ['50', false],
])('%j as the most rows is wrong: %s', (maxRows, wrong) => {
  expect('maxRows' in restProblems({ ...restTexts(present), maxRows })).toBe(wrong)
})

test('no schema at all is wrong', () => {
  expect(restProblems({ ...restTexts(present), schemas: [] })).toHaveProperty('schemas')
})
