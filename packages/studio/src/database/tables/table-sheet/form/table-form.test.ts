import { expect, test } from 'vitest'

import type { TableDetail } from '../../table.ts'
import { isSound, problemsOf } from './problems.ts'
import { changeBody, newTableBody } from './request-body.ts'
import { type ColumnForm, emptyColumn, formOf, newTableForm, type TableForm } from './table-form.ts'

const types = [{ name: 'int8', type: 'bigint', group: 'Numbers', description: null }]
const column = {
  element: null,
  isArray: false,
  default: null,
  generated: null,
  nullable: true,
  identity: null,
  unique: false,
  primaryKey: false,
  comment: null,
  checks: [],
}
const table: TableDetail = {
  schema: 'public',
  name: 'tasks',
  kind: 'table',
  comment: null,
  estimatedRows: null,
  bytes: 0,
  rowSecurity: true,
  policies: 0,
  realtime: false,
  exposed: true,
  grants: {},
  version: 'v1',
  columns: [
    { ...column, name: 'id', type: 'bigint', primaryKey: true, nullable: false, identity: 'by default' },
    { ...column, name: 'name', type: 'text', default: `'x'::text`, checks: [{ name: 'c', expression: '(name > 1)' }] },
    { ...column, name: 'tags', type: 'bigint[]', element: 'bigint', isArray: true },
  ],
  foreignKeys: [
    {
      name: 'fk',
      columns: ['id'],
      referencedSchema: 'public',
      referencedTable: 'people',
      referencedColumns: ['id'],
      onDelete: 'cascade',
      onUpdate: 'no action',
    },
  ],
}
const before = formOf(table, types)
const nothing = {
  columns: { add: [], change: [], drop: [] },
  checks: { add: [], drop: [] },
  foreignKeys: { add: [], drop: [] },
}

const withColumn = (name: string, change: Partial<ColumnForm>): TableForm => ({
  ...before,
  columns: before.columns.map((each) => (each.name === name ? { ...each, ...change } : each)),
})

test('a new table begins with an id and the time of its making, and is protected', () => {
  const form = { ...newTableForm(), name: 'tasks' }
  const own = { ...emptyColumn(), name: 'user_id', type: 'text', defaultText: `auth.jwt()->>'sub'` }
  expect(newTableBody('public', { ...form, columns: [...form.columns, own] })).toMatchObject({
    schema: 'public',
    name: 'tasks',
    comment: null,
    rowSecurity: true,
    realtime: false,
    columns: [
      { name: 'id', type: 'int8', identity: 'by default', primaryKey: true, nullable: false, default: null },
      { name: 'created_at', type: 'timestamptz', default: { kind: 'expression', value: 'now()' }, nullable: false },
      { name: 'user_id', type: 'text', default: { kind: 'expression', value: `auth.jwt()->>'sub'` } },
    ],
  })
})

test('a table that exists is shown by the short names of types', () => {
  expect(before.columns.map(({ type, isArray, defaultText }) => [type, isArray, defaultText])).toEqual([
    ['int8', false, ''],
    ['text', false, 'x'],
    ['int8', true, ''],
  ])
})

test('what is as it was is not sent', () => {
  expect(changeBody(table, before, before)).toEqual({ version: 'v1', ...nothing })
})

test.each([
  [
    { ...before, name: 'jobs', comment: 'x', rowSecurity: false, realtime: true },
    { name: 'jobs', comment: 'x', rowSecurity: false, realtime: true },
  ],
  [
    withColumn('name', { name: 'title' }),
    { columns: { add: [], drop: [], change: [{ name: 'name', newName: 'title' }] } },
  ],
  [withColumn('id', { name: 'key' }), { columns: { add: [], drop: [], change: [{ name: 'id', newName: 'key' }] } }],
  [
    withColumn('name', { defaultText: '', nullable: false, unique: true, comment: 'c' }),
    {
      columns: {
        add: [],
        drop: [],
        change: [{ name: 'name', default: null, nullable: false, unique: true, comment: 'c' }],
      },
    },
  ],
  [
    withColumn('tags', { isArray: false }),
    { columns: { add: [], drop: [], change: [{ name: 'tags', type: 'int8', isArray: false }] } },
  ],
  [
    withColumn('name', { type: 'bool', using: 'name > 1' }),
    { columns: { add: [], drop: [], change: [{ name: 'name', type: 'bool', isArray: false, using: 'name > 1' }] } },
  ],
  [withColumn('name', { using: 'of a type that stayed' }), {}],
  [withColumn('name', { check: 'true' }), { checks: { add: [{ expression: 'true' }], drop: ['c'] } }],
  [withColumn('name', { check: '' }), { checks: { add: [], drop: ['c'] } }],
  [withColumn('name', { primaryKey: true }), { primaryKey: ['id', 'name'] }],
  [
    { ...before, columns: before.columns.slice(1) },
    { columns: { add: [], change: [], drop: ['id'] }, primaryKey: [] },
  ],
  [{ ...before, foreignKeys: [] }, { foreignKeys: { add: [], drop: ['fk'] } }],
])('of a change only what is otherwise is sent (%#)', (form, expected) => {
  expect(changeBody(table, before, form)).toEqual({ version: 'v1', ...nothing, ...expected })
})

test('problems are told where they are', () => {
  expect(isSound(problemsOf({ ...newTableForm(), name: 'tasks' }))).toBe(true)
  const form = newTableForm()
  const twin = { ...emptyColumn(), name: 'id' }
  const { name, columns } = problemsOf({
    ...form,
    columns: [...form.columns, twin, { ...emptyColumn(), name: 'é'.repeat(32), type: 'text' }],
  })
  expect(name).toBe('The table needs a name')
  expect([...columns.values()]).toEqual([
    { name: 'Two columns are named “id”' },
    { name: 'Two columns are named “id”', type: 'Choose a type' },
    { name: 'A name has at most 63 bytes' },
  ])
})
