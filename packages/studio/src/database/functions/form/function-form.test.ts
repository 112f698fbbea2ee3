import { expect, it } from 'vitest'

import { creationOf, emptyForm, nextKey, problemsOf } from './function-form.ts'

const full = { ...emptyForm('public'), name: ' f ', definition: 'select 1' }

it('asks for a name, a definition and the types of arguments', () => {
  const rows = [{ key: 3, name: 'a', type: '', default: '' }]
  expect(problemsOf({ ...emptyForm('public'), arguments: rows })).toEqual({
    name: 'Give the function a name',
    definition: 'Write what the function does',
    rows: { 3: 'Choose a type' },
  })
  expect(problemsOf({ ...full, arguments: rows })).toEqual({ rows: { 3: 'Choose a type' } })
  expect(problemsOf(full)).toBeNull()
})

it('sends what was filled in, and leaves empty rows out', () => {
  const form = {
    ...full,
    arguments: [{ key: 0, name: ' a', type: 'text', default: ' ' }],
    configuration: [
      { key: 0, name: '', value: '' },
      { key: 1, name: 'search_path', value: '' },
    ],
  }
  expect(creationOf(form)).toMatchObject({
    name: 'f',
    arguments: [{ name: 'a', type: 'text', default: null }],
    configuration: [{ name: 'search_path', value: '' }],
  })
})

it('gives each row a key of its own', () => {
  expect(nextKey([])).toBe(0)
  expect(nextKey([{ key: 4 }, { key: 1 }])).toBe(5)
})
