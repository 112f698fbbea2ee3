import { expect, test } from 'vitest'

import { nextSteps } from './steps.ts'

const nothing = { tables: 0, open: 0, policies: 0, functions: 0 }

test('an empty project has everything before it', () => {
  const steps = nextSteps(nothing, { users: 0, organizations: 0, trusted: false })
  expect(steps.filter(({ done }) => done)).toEqual([])
})

test.each([
  [1, false],
  [0, true],
])('with %i open tables, that policies are written is %s', (open, written) => {
  const steps = nextSteps({ ...nothing, tables: 2, open, policies: 3 }, null)
  expect(steps.find(({ to }) => to === '/auth/policies')?.done).toBe(written)
})

test('without the built-in instance nobody is sent to it', () => {
  expect(nextSteps(nothing, null).some(({ to }) => to.startsWith('/clerk'))).toBe(false)
})
