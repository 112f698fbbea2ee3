import { expect, test } from 'vitest'

import type { Column, Relation } from '../../rows/relation.ts'
import { whyFixed } from './why-fixed.ts'

const people: Relation = {
  schema: 'public',
  name: 'people',
  kind: 'table',
  comment: null,
  rls: false,
  policies: 0,
  estimate: null,
  columns: [
    column('id', 'always', null),
    column('name', 'ordinary', null),
    column('up', 'generated', 'upper(name)'),
    column('number', 'identity', null),
  ],
  key: ['id'],
  references: [],
  rowsBy: 'key',
}

function column(name: string, given: Column['given'], expression: string | null): Column {
  const type = { type: 'text', category: 'S', base: 'text', choices: null }
  return { name, ...type, nullable: true, default: expression, given, comment: null, long: true, readable: true }
}

test('a column that Postgres alone writes says so, any other is changed', () => {
  expect(people.columns.map((_column, index) => whyFixed(people, index))).toEqual([
    'id cannot be changed: Postgres numbers it, generated always as identity.',
    null,
    'up cannot be changed: Postgres generates it, as upper(name).',
    null,
  ])
})

test.each([
  [{ kind: 'view' }, 'it is a view'],
  [{ kind: 'materialized' }, 'it is a materialized view'],
  [{ kind: 'foreign' }, 'it is a foreign table'],
  [{ kind: 'partitioned', key: [] }, 'it is partitioned and has no primary key'],
  [{ kind: 'table' }, 'this role may not read all of their columns'],
] as const)('rows that cannot be named, as of %j, say why', (part, why) => {
  expect(whyFixed({ ...people, rowsBy: null, ...part }, 1)).toBe(`Rows of people cannot be changed here: ${why}.`)
})
