import { expect, test } from 'vitest'

import type { Column, Relation, Row } from '../../rows/relation.ts'
import { copyAs } from './copy-rows.ts'

function column(name: string, base: string, given: Column['given'] = 'ordinary'): Column {
  const rest = { type: base, category: 'S', nullable: true, default: null, choices: null, comment: null }
  return { name, base, given, long: false, readable: true, ...rest }
}

const relation: Relation = {
  schema: 'public',
  name: 'a "b"',
  kind: 'table',
  comment: null,
  rls: false,
  policies: 0,
  estimate: null,
  key: ['id'],
  references: [],
  rowsBy: 'key',
  columns: [
    column('id', 'int8', 'always'),
    column('n', 'numeric'),
    column('it', 'text'),
    column('j', 'jsonb'),
    column('up', 'text', 'generated'),
  ],
}

function row(...cells: readonly (string | null)[]): Row {
  return { cells, cut: {}, key: { id: cells[0] ?? '' }, place: null, version: '1' }
}

const rows = [row('9007199254740993', 'NaN', "it's\n\\", '{"a": 1.10}', 'X'), row('2', null, '', null, null)]

test('JSON keeps every digit and what JSON cannot say as text', () => {
  const text = copyAs('JSON', relation, rows)
  expect(text).toContain('"id": 9007199254740993, "n": "NaN", "it": "it\'s\\n\\\\", "j": {"a": 1.10}')
  expect(JSON.parse(text)).toMatchObject([{ it: "it's\n\\" }, { n: null, it: '', j: null }])
})

test('CSV tells NULL from the empty text', () => {
  expect(copyAs('CSV', relation, rows).split('\n').at(-1)).toBe('2,,"",,')
})

test('SQL quotes names and values, and leaves out what is generated', () => {
  const text = copyAs('SQL', relation, rows)
  expect(text).toContain('insert into "public"."a ""b""" ("id", "n", "it", "j") overriding system value values')
  expect(text).toContain(`('9007199254740993', 'NaN', E'it''s\n\\\\', '{"a": 1.10}')`)
  expect(text).toContain(`('2', null, '', null);`)
})
