import { expect, test } from 'vitest'

import type { Policy } from '../protected-table.ts'
import { draftOf, fieldsOf, problemsOf } from './policy-form.ts'

const policy: Policy = {
  name: 'p',
  behaviour: 'permissive',
  command: 'ALL',
  roles: ['public'],
  using: 'true',
  check: 'false',
  comment: null,
}

test('everybody is nobody named, and only the expressions that the command takes are sent', () => {
  const draft = draftOf('tasks', policy)
  expect(draft.roles).toEqual([])
  expect(fieldsOf({ ...draft, command: 'SELECT' })).toMatchObject({ using: 'true', check: null })
  expect(fieldsOf({ ...draft, command: 'INSERT' })).toMatchObject({ using: null, check: 'false' })
  expect(fieldsOf({ ...draft, check: '  ' })).toMatchObject({ using: 'true', check: null })
})

test('what is missing or taken is told at its field', () => {
  const empty = draftOf('', null)
  expect(Object.keys(problemsOf(empty, null, []))).toEqual(['table', 'name', 'using'])
  expect(Object.keys(problemsOf({ ...empty, command: 'INSERT' }, null, []))).toContain('check')
  expect(problemsOf(draftOf('tasks', policy), null, [policy])).toEqual({ name: 'tasks has a policy of this name.' })
  expect(problemsOf(draftOf('tasks', policy), policy, [policy])).toEqual({})
})
