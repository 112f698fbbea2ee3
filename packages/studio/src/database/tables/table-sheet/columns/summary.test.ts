import { expect, test } from 'vitest'

import { emptyColumn } from '../form/table-form.ts'
import { summaryOf } from './summary.ts'

test.each([
  [{}, ''],
  [{ identity: 'by default', primaryKey: true, nullable: false, defaultText: 'x' } as const, 'identity'],
  [{ nullable: false, unique: true, check: 'a > 1' }, 'not null · unique · checked'],
  [{ isArray: true, defaultText: '{}' }, 'array · the default is the value “{}”'],
  [{ defaultText: 'now()' }, 'the default is SQL'],
  [{ defaultText: 'now()', defaultReading: 'literal' } as const, 'the default is the value “now()”'],
])('what does not show in the row is told below it: %j', (part, told) => {
  expect(summaryOf({ ...emptyColumn(), ...part })).toBe(told)
})
