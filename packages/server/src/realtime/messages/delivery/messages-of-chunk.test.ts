import { describe, expect, it } from 'vitest'

import type { Change, ChangeChunk, Relation } from '../../changes/change.ts'
import { messagesOfChunk } from './messages-of-chunk.ts'

const names = ['topic', 'extension', 'payload', 'event', 'private', 'updated_at', 'inserted_at', 'id', 'binary_payload']

function relation(schema = 'realtime', table = 'messages'): Relation {
  const columns = names.map((name) => ({ name, typeOid: 25, isKey: name === 'id' || name === 'inserted_at' }))
  return { oid: 1, schema, table, replicaIdentity: 'default', columns }
}

const row = {
  topic: 'room',
  extension: 'broadcast',
  payload: '{"n": 1}',
  event: 'news',
  private: 't',
  updated_at: '2026-01-01 00:00:00',
  inserted_at: '2026-01-01 00:00:00',
  id: '6f1f4a0e-0000-4000-8000-000000000001',
  binary_payload: null,
}

function insert(cells: Partial<Record<string, string | null>> = {}, of = relation()): Change {
  const record = names.map((name) => ({ ...row, ...cells })[name as keyof typeof row])
  return { kind: 'INSERT', relation: of, record, oldRecord: null, index: 0 }
}

const chunk = (...changes: Change[]): ChangeChunk => ({
  kind: 'change-chunk',
  lsn: 1n,
  committedAt: 0,
  xid: 0,
  changes,
  schemaChanged: false,
})

const news = { id: row.id, topic: 'room', event: 'news', payload: '{"n": 1}', isPrivate: true }

describe('the broadcasts among changes', () => {
  it('are the rows that were inserted, in their order', () => {
    expect(messagesOfChunk(chunk(insert({ event: 'a' }), insert({ event: 'b', private: 'f' })))).toEqual([
      { ...news, event: 'a' },
      { ...news, event: 'b', isPrivate: false },
    ])
  })

  it('carry bytes as bytes, and nothing as null', () => {
    const [bytes, nothing] = messagesOfChunk(
      chunk(insert({ payload: null, binary_payload: String.raw`\x00ff7f` }), insert({ payload: null })),
    )
    expect(bytes?.payload).toEqual(Buffer.of(0, 255, 127))
    expect(nothing?.payload).toBe('null')
  })

  it('are found in a partition, too', () => {
    expect(messagesOfChunk(chunk(insert({}, relation('realtime', 'messages_2026_01_01'))))).toEqual([news])
  })

  it.each([
    ['another table', insert({}, relation('public', 'messages'))],
    ['another table of the schema', insert({}, relation('realtime', 'messagesque'))],
    ['a presence probe', insert({ extension: 'presence' })],
    ['no event', insert({ event: null })],
    ['no word whether it is private', insert({ private: null })],
    ['an update', { ...insert(), kind: 'UPDATE' as const }],
    ['a delete', { ...insert(), kind: 'DELETE' as const, record: null }],
  ])('are not: %s', (_, change) => {
    expect(messagesOfChunk(chunk(change))).toEqual([])
  })
})
