import { expect, test } from 'vitest'

import type { DescribedColumn, DescribedFunction, DescribedTable } from './described.ts'
import { functionSnippets } from './function-snippets.ts'
import { columnOf, javascriptOf, shellOf } from './quote.ts'
import { sampleValue } from './sample-value.ts'
import { tableSnippets } from './table-snippets.ts'

const project = { url: 'http://127.0.0.1:54321', publishableKey: 'sb_publishable_a' }

function column(name: string, type: string, more: Partial<DescribedColumn> = {}): DescribedColumn {
  const plain = { nullable: false, primaryKey: false, default: null, generated: null, identity: null }
  return { name, type, ...plain, enumValues: null, comment: null, ...more }
}

function table(columns: readonly DescribedColumn[], more: Partial<DescribedTable> = {}): DescribedTable {
  const plain = { schema: 'public', name: 'tasks', kind: 'table', comment: null, exposed: true } as const
  return { ...plain, rowSecurity: false, columns, foreignKeys: [], ...more }
}

const titles = (described: DescribedTable) => tableSnippets(described, project).map(({ title }) => title)

test.each([
  [`it's "so" \\ so\n`, String.raw`'it\'s "so" \\ so\n'`],
  [{ a: 1, 'b c': [true, null] }, `{ a: 1, 'b c': [true, null] }`],
  [{}, '{}'],
])('%j is written as a literal that reads back', (value, literal) => {
  expect(javascriptOf(value)).toBe(literal)
})

test('what a person named stays one word of the shell, and one column', () => {
  expect(shellOf(`a'; rm -rf / #`)).toBe(String.raw`'a'\''; rm -rf / #'`)
  expect([columnOf('first_name'), columnOf('a,b"c')]).toEqual(['first_name', String.raw`"a,b\"c"`])
})

test.each([
  ['bigint', 1],
  ['numeric(10,2)', 1.5],
  ['character varying(3)', 'som'],
  ['uuid[]', ['00000000-0000-4000-8000-000000000001']],
  ['timestamp with time zone', '2026-01-31T12:00:00Z'],
  ['app.anything', 'some text'],
])('a value of %s', (type, value) => {
  expect(sampleValue({ type })).toEqual(value)
})

test('a label stands for an enum', () => {
  expect(sampleValue({ type: 'mood[]', enumValues: ['ok'] })).toEqual(['ok'])
})

test('nothing is written that Postgres alone writes, and no key that it makes is asked for', () => {
  const columns = [
    column('id', 'bigint', { primaryKey: true, identity: 'always' }),
    column('name', 'text'),
    column('upper', 'text', { generated: 'upper(name)' }),
  ]
  const [insert, several] = tableSnippets(table(columns), project).filter(({ title }) => title.startsWith('Insert'))
  expect(insert?.javascript).toContain(`.insert({ name: 'some text' })`)
  expect(several?.title).toBe('Insert several rows')
  expect(titles(table(columns))).not.toContain('Insert or update a row')
})

test('a view is read only, and a table in another schema is asked for there', () => {
  const columns = [column('id', 'bigint', { nullable: true })]
  expect(titles(table(columns, { kind: 'view' }))).toEqual(['Read rows', 'Filter rows', 'Read a page, and count all'])
  const [read] = tableSnippets(table(columns, { schema: 'app' }), project)
  expect(read?.javascript).toContain(`supabase.schema('app').from('tasks')`)
  expect(read?.curl).toContain(`-H 'accept-profile: app'`)
})

test('an embed names the key it follows', () => {
  const foreignKeys = [{ name: 'tasks_owner_fkey', referencedSchema: 'public', referencedTable: 'people' }]
  const found = tableSnippets(table([column('owner', 'bigint')], { foreignKeys }), project)
  expect(found.map(({ javascript }) => javascript).join('\n')).toContain(`'*,people!tasks_owner_fkey(*)'`)
})

test.each([
  ['a trigger', { returns: 'trigger' }, 0],
  ['a procedure', { kind: 'procedure' as const }, 0],
  ['a function that only reads', { behaviour: 'stable' as const }, 2],
  ['a function that returns rows', { returns: 'SETOF tasks' }, 2],
])('%s has as many snippets as there are ways to call it', (_what, more, count) => {
  const described: DescribedFunction = {
    oid: 1,
    schema: 'public',
    name: 'f',
    kind: 'function',
    behaviour: 'volatile',
    returns: 'integer',
    arguments: [{ name: 'a', type: 'integer', mode: 'in', default: null }],
    comment: '',
    ...more,
  }
  expect(functionSnippets(described, project)).toHaveLength(count)
})
