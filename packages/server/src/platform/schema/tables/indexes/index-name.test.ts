import { expect, test } from 'vitest'

import { newIndex } from './index-input.ts'
import { indexName } from './index-name.ts'

const named = (asked: object): string =>
  indexName(newIndex.parse({ table: 'tasks', columns: [{ name: 'a' }], ...asked }))

test.each([
  [{}, 'tasks_a_idx'],
  [{ name: 'mine' }, 'mine'],
  [{ columns: [{ name: 'a' }, { expression: 'lower(b)' }] }, 'tasks_a_expr_idx'],
  [{ table: 'x'.repeat(63) }, `${'x'.repeat(59)}_idx`],
  [{ table: '🦉'.repeat(15) }, `${'🦉'.repeat(14)}_idx`],
])('an index is called after what it is made of: %j', (asked, name) => {
  expect(named(asked)).toBe(name)
})
