import { expect, test } from 'vitest'

import type { ColumnFacts, TableFacts } from '../../tables/table-facts.ts'
import type { PolicyProgram } from '../programs/role-program.ts'
import { canBeFound, canBeGiven, rowJson } from './questions.ts'

function column(name: string, typeOid: number, typeKind: ColumnFacts['typeKind'] = 'base'): ColumnFacts {
  return { name, typeOid, typeName: name, attnum: 1, typeSql: name, typeKind, isDeterministic: true }
}

const columns = [column('id', 23), column('note', 25), column('data', 114), column('code', 16_500, 'domain')]

function programOver(...read: readonly number[]): PolicyProgram {
  const facts: TableFacts = {
    oid: 1,
    schema: 'public',
    table: 'tasks',
    columns,
    primaryKey: ['id'],
    rowSecurity: true,
    replicaIdentity: 'default',
    identityColumns: ['id'],
    isPublished: true,
    isPublishedInParts: false,
    policies: [],
    hasNondeterministicCollations: false,
    searchPath: '"public"',
  }
  return {
    kind: 'policies',
    role: 'authenticated',
    tier: 'asked',
    facts,
    policies: [],
    values: [],
    constants: [],
    tests: [],
    lookups: null,
    isByIdentity: false,
    columns: read,
    needsStoredRow: false,
    key: columns.slice(0, 1),
    fingerprint: '',
  }
}

test('a row is given where everything that the policies read of it is there', () => {
  expect(canBeGiven(programOver(0, 1), ['1', 'a', undefined, undefined])).toBe(true)
  expect(canBeGiven(programOver(0, 1), ['1', null, undefined, undefined])).toBe(true)
  expect(canBeGiven(programOver(0, 1), ['1', undefined, undefined, undefined])).toBe(false)
})

test('JSON null and domains are not given, for they would be read as something else', () => {
  expect(canBeGiven(programOver(2), ['1', null, '{"a": null}', null])).toBe(true)
  expect(canBeGiven(programOver(2), ['1', null, null, null])).toBe(true)
  expect(canBeGiven(programOver(2), ['1', null, 'null', null])).toBe(false)
  expect(canBeGiven(programOver(2), ['1', null, ' null\n', null])).toBe(false)
  expect(canBeGiven(programOver(3), ['1', null, null, 'a'])).toBe(false)
})

test('a stored row is found by its whole key', () => {
  expect(canBeFound(programOver(), ['1', null, null, null])).toBe(true)
  expect(canBeFound(programOver(), [undefined, null, null, null])).toBe(false)
  expect(canBeFound({ ...programOver(), key: [] }, ['1', null, null, null])).toBe(false)
})

test('a row travels as JSON of what is read, JSON cells as they are', () => {
  expect(rowJson(programOver(1, 2), 'given', ['1', 'a"b\\', '[1, 2]', null])).toBe('{"note":"a\\"b\\\\","data":[1, 2]}')
  expect(rowJson(programOver(1, 2), 'stored', ['1', 'a', '{}', null])).toBe('{"id":"1"}')
})
