import { expect, test } from 'vitest'

import type { ChangeChunk, Relation } from '../../change.ts'
import type { PgoutputMessage } from '../pgoutput/pgoutput-message.ts'
import { type Piece, SCHEMA_PREFIX, TransactionAssembler } from './assemble-transactions.ts'
import { RelationBook } from './relation-book.ts'

const table: Relation = {
  oid: 7,
  schema: 'public',
  table: 'tasks',
  replicaIdentity: 'default',
  columns: [
    { name: 'id', typeOid: 20, isKey: true },
    { name: 'title', typeOid: 25, isKey: false },
  ],
}
const described: PgoutputMessage = { kind: 'relation', relation: table }
const begin: PgoutputMessage = { kind: 'begin', commitLsn: 100n, committedAt: 1000, xid: 1 }
const commit: PgoutputMessage = { kind: 'commit', commitLsn: 100n, endLsn: 110n, committedAt: 1000 }
const insert: PgoutputMessage = { kind: 'insert', relation: 7, record: ['1', 'a'] }
const schemaMessage: PgoutputMessage = {
  kind: 'message',
  isTransactional: true,
  lsn: 90n,
  prefix: SCHEMA_PREFIX,
  content: Buffer.from(''),
}

function assemble(messages: readonly PgoutputMessage[], size = 10): readonly Piece[] {
  const assembler = new TransactionAssembler(new RelationBook())
  return messages.map((message) => assembler.accept(message, size)).filter((piece) => piece !== null)
}

function changesOf(messages: readonly PgoutputMessage[]): ChangeChunk['changes'] {
  return assemble([begin, described, ...messages, commit]).flatMap(({ chunk }) => chunk?.changes ?? [])
}

test('a transaction is told whole at its commit', () => {
  expect(assemble([begin, described, insert, commit])).toEqual([
    {
      chunk: {
        kind: 'change-chunk',
        lsn: 100n,
        committedAt: 1000,
        xid: 1,
        changes: [{ kind: 'INSERT', relation: table, record: ['1', 'a'], oldRecord: null, index: 0 }],
        schemaChanged: false,
      },
      bytes: 10,
      end: 110n,
    },
  ])
})

test('a large transaction comes in pieces of bounded size, and its changes keep count', () => {
  const many = assemble([begin, described, ...Array.from({ length: 600 }, () => insert), commit])
  expect(many.map(({ chunk, end }) => [chunk?.changes.length, chunk?.changes[0]?.index, end])).toEqual([
    [256, 0, null],
    [256, 256, null],
    [88, 512, 110n],
  ])
  const wide = assemble([begin, described, insert, insert, insert, commit], 600 * 1024)
  expect(wide.map(({ chunk }) => chunk?.changes.length)).toEqual([2, 1])
})

test('a transaction of which nothing is published still says where the log goes on', () => {
  expect(assemble([begin, commit])).toEqual([{ chunk: null, bytes: 0, end: 110n }])
})

test('a change of the schema begins a chunk of its own', () => {
  const pieces = assemble([begin, described, insert, schemaMessage, insert, commit])
  expect(pieces.map(({ chunk }) => [chunk?.schemaChanged, chunk?.changes.map(({ index }) => index)])).toEqual([
    [false, [0]],
    [true, [1]],
  ])
  expect(assemble([begin, schemaMessage, commit])[0]?.chunk).toMatchObject({ schemaChanged: true, changes: [] })
})

test('a table described anew changes the schema only where it differs', () => {
  const wider = { ...table, columns: [...table.columns, { name: 'done', typeOid: 16, isKey: false }] }
  const row: PgoutputMessage = { kind: 'insert', relation: 7, record: ['1', 'a', 't'] }
  const pieces = assemble([
    begin,
    described,
    insert,
    described,
    insert,
    { kind: 'relation', relation: wider },
    row,
    commit,
  ])
  expect(pieces.map(({ chunk }) => [chunk?.schemaChanged, chunk?.changes.length])).toEqual([
    [false, 2],
    [true, 1],
  ])
})

test('an old row that carries its key alone leaves the rest undefined', () => {
  const old = { carries: 'key', cells: ['1', null] } as const
  expect(changesOf([{ kind: 'delete', relation: 7, old }])[0]).toMatchObject({
    kind: 'DELETE',
    record: null,
    oldRecord: ['1', undefined],
  })
  expect(changesOf([{ kind: 'update', relation: 7, old: null, record: ['1', 'b'] }])[0]?.oldRecord).toBeNull()
})

test('a value that did not change is filled in where the old row has it', () => {
  const record = ['1', undefined]
  const full = { carries: 'full', cells: ['1', 'long'] } as const
  const key = { carries: 'key', cells: ['0', null] } as const
  expect(changesOf([{ kind: 'update', relation: 7, old: full, record }])[0]?.record).toEqual(['1', 'long'])
  expect(changesOf([{ kind: 'update', relation: 7, old: key, record }])[0]?.record).toEqual(['1', undefined])
})

test.each<[string, readonly PgoutputMessage[]]>([
  ['a row outside a transaction', [described, ...Array.from({ length: 256 }, () => insert)]],
  ['a commit without its begin', [commit]],
  ['a transaction within another', [begin, begin]],
  ['a row of a table that was not described', [begin, insert]],
  ['a row with a value too many', [begin, described, { kind: 'insert', relation: 7, record: ['1', 'a', 'b'] }]],
])('%s is no stream', (_what, messages) => {
  expect(() => assemble(messages)).toThrow('replication stream')
})
