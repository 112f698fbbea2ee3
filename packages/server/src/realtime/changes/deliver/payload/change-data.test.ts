import { describe, expect, test } from 'vitest'

import type { Cell, Change, Relation } from '../../change.ts'
import type { RoleFacts, TableFacts } from '../../tables/table-facts.ts'
import { changeData } from './change-data.ts'
import { completed } from './old-row.ts'
import { viewOf } from './view.ts'

const TYPES = { id: 'int4', name: 'text', body: 'text' }
const NAMES = Object.keys(TYPES)

function relation(replicaIdentity: Relation['replicaIdentity']): Relation {
  const columns = NAMES.map((name) => ({
    name,
    typeOid: name === 'id' ? 23 : 25,
    isKey: replicaIdentity === 'full' || name === 'id',
  }))
  return { oid: 1, schema: 'public', table: 'notes', replicaIdentity, columns }
}

function facts(more: Partial<TableFacts> = {}): TableFacts {
  const columns = Object.entries(TYPES).map(([name, typeName], at) => ({
    name,
    typeOid: name === 'id' ? 23 : 25,
    typeName,
    attnum: at + 1,
    typeSql: typeName,
    typeKind: 'base' as const,
    isDeterministic: true,
  }))
  return {
    oid: 1,
    schema: 'public',
    table: 'notes',
    columns,
    primaryKey: ['id'],
    rowSecurity: true,
    replicaIdentity: 'default',
    identityColumns: ['id'],
    isPublished: true,
    isPublishedInParts: false,
    policies: [],
    hasNondeterministicCollations: false,
    searchPath: '',
    ...more,
  }
}

function role(readable: readonly string[] = NAMES): RoleFacts {
  return {
    role: 'authenticated',
    bypassesRowSecurity: false,
    readableColumns: new Set(readable),
    inherits: new Set(['authenticated']),
    schemas: new Set(['public']),
  }
}

const printString = (text: string): string => JSON.stringify(text)
const printers = [(text: string): string => text, printString, printString]

interface Row {
  readonly kind: Change['kind']
  readonly identity?: Relation['replicaIdentity']
  readonly record?: readonly Cell[]
  readonly oldRecord?: readonly Cell[]
}

function change({ kind, identity = 'default', record, oldRecord }: Row): Change {
  return { kind, relation: relation(identity), record: record ?? null, oldRecord: oldRecord ?? null, index: 0 }
}

function dataOf(row: Row, view = viewOf(facts(), role(), null), oldRow: 'whole' | 'keys' = 'whole'): unknown {
  return JSON.parse(changeData(completed(change(row)), 1_735_689_600_000, 1000, printers).for(view, oldRow))
}

describe('the data of a change', () => {
  test('is the new row, its columns and when it was committed', () => {
    expect(dataOf({ kind: 'INSERT', record: ['1', 'a "b"', null] })).toEqual({
      schema: 'public',
      table: 'notes',
      commit_timestamp: '2025-01-01T00:00:00.000Z',
      type: 'INSERT',
      columns: [
        { name: 'id', type: 'int4' },
        { name: 'name', type: 'text' },
        { name: 'body', type: 'text' },
      ],
      record: { id: 1, name: 'a "b"', body: null },
      errors: null,
    })
  })

  test('has the key of the old row though an update left it as it was', () => {
    expect(dataOf({ kind: 'UPDATE', record: ['1', 'b', 'c'] })).toMatchObject({ old_record: { id: 1 } })
    const moved = { kind: 'UPDATE', record: ['2', 'b', 'c'], oldRecord: ['1', null, null] } as const
    expect(dataOf(moved)).toMatchObject({ record: { id: 2 }, old_record: { id: 1 } })
    expect(dataOf(moved)).not.toHaveProperty('old_record.name')
  })

  test('has the whole old row under FULL, unless the row was hidden then', () => {
    const row = { kind: 'UPDATE', identity: 'full', record: ['1', 'b', 'c'], oldRecord: ['1', 'a', 'c'] } as const
    expect(dataOf(row)).toMatchObject({ old_record: { id: 1, name: 'a', body: 'c' } })
    expect(dataOf(row, undefined, 'keys')).toHaveProperty('old_record', { id: 1 })
  })

  test('has no new row after a delete', () => {
    const deleted = dataOf({ kind: 'DELETE', oldRecord: ['1', null, null] })
    expect(deleted).toMatchObject({ old_record: { id: 1 }, type: 'DELETE' })
    expect(deleted).not.toHaveProperty('record')
  })

  test('leaves out a large value that did not change, or takes it from the old row', () => {
    const row = { kind: 'UPDATE', record: ['1', 'b', undefined] } as const
    expect(dataOf(row)).toHaveProperty('record', { id: 1, name: 'b' })
    expect(dataOf({ ...row, identity: 'full', oldRecord: ['1', 'a', 'long'] })).toMatchObject({
      record: { body: 'long' },
    })
  })

  test('keeps only small values of a row that is too large, and says so', () => {
    const row = { kind: 'INSERT', record: ['1', 'n'.repeat(64), 'b'.repeat(1000)] } as const
    expect(dataOf(row)).toMatchObject({ errors: ['Error 413: Payload Too Large'] })
    expect(dataOf(row)).toHaveProperty('record', { id: 1, name: 'n'.repeat(64) })
    const cut = { kind: 'INSERT', record: ['1', 'n', undefined] } as const
    expect(dataOf(cut)).toMatchObject({ errors: ['Error 413: Payload Too Large'], record: { id: 1, name: 'n' } })
  })

  test('has the columns that the role may read, and of these the ones asked for beside the key', () => {
    const row = { kind: 'INSERT', record: ['1', 'a', 'b'] } as const
    expect(dataOf(row, viewOf(facts(), role(['id', 'name']), null))).toHaveProperty('record', { id: 1, name: 'a' })
    expect(dataOf(row, viewOf(facts(), role(), ['body']))).toHaveProperty('record', { id: 1, body: 'b' })
  })

  test('says that a table has no primary key, or that the role may not read it', () => {
    const row = { kind: 'UPDATE', record: ['1', 'a', 'b'] } as const
    expect(dataOf(row, viewOf(facts({ primaryKey: [] }), role(), null))).toMatchObject({
      columns: [],
      record: {},
      errors: ['Error 400: Bad Request, no primary key'],
    })
    expect(dataOf(row, viewOf(facts(), role(['name']), null))).toMatchObject({
      columns: [],
      record: {},
      errors: ['Error 401: Unauthorized'],
    })
  })
})
