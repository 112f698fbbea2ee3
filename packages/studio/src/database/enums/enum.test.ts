import { expect, test } from 'vitest'

import { emptyValue, enumBody, enumForm, type EnumType, problemOfEnum } from './enum.ts'

const present: EnumType = { schema: 'public', name: 'mood', comment: null, values: ['sad', 'happy'], usedBy: [] }
const added = (text: string) => ({ ...emptyValue(), text })

test('a new type is sent whole', () => {
  expect(enumBody('public', null, { name: 'a', comment: '', values: [added('x'), added('y')] })).toEqual({
    schema: 'public',
    name: 'a',
    comment: null,
    values: ['x', 'y'],
  })
})

test('of one that is there, new names and new values are sent, each with its place', () => {
  const form = enumForm(present)
  const [sad, happy] = form.values
  if (sad === undefined || happy === undefined) throw new Error('two values')
  const values = [added('first'), { ...sad, text: 'blue' }, added('ok'), added('fine'), happy]
  expect(enumBody('public', present, { ...form, values })).toEqual({
    name: 'mood',
    comment: null,
    rename: [{ from: 'sad', to: 'blue' }],
    add: [
      { value: 'first', before: 'blue' },
      { value: 'ok', after: 'blue' },
      { value: 'fine', after: 'ok' },
    ],
  })
})

test.each([
  [{ name: '' }, 'The type needs a name.'],
  [{ values: [] }, 'The type needs a value.'],
  [{ values: [added('')] }, 'A value is empty.'],
  [{ values: [added('a'), added('a')] }, 'The value “a” is there twice.'],
  [{}, null],
])('what cannot be saved is told: %j', (part, problem) => {
  expect(problemOfEnum({ ...enumForm(present), ...part })).toBe(problem)
})
