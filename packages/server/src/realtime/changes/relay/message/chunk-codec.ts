// A chunk of changes in few bytes: each table is described once, each cell is its length and its text.

import type { Cell, Change, ChangeChunk, Relation, RelationColumn } from '../../change.ts'
import { ByteReader } from './byte-reader.ts'
import { ByteWriter } from './byte-writer.ts'

const KINDS = ['INSERT', 'UPDATE', 'DELETE'] as const
const IDENTITIES = ['default', 'nothing', 'full', 'index'] as const

/** In a row: the stream left the cell out; it is NULL; anything more is a text's length and two. */
const LEFT_OUT = 0
const NULL = 1
const TEXT = 2

export function encodeChunk(chunk: ChangeChunk): Buffer {
  const writer = new ByteWriter()
  const relations = [...new Set(chunk.changes.map(({ relation }) => relation))]
  const places = new Map(relations.map((relation, place) => [relation, place]))
  writer.long(chunk.lsn)
  writer.double(chunk.committedAt)
  writer.natural(chunk.xid)
  writer.byte(chunk.schemaChanged ? 1 : 0)
  writer.natural(relations.length)
  for (const relation of relations) {
    const described = describe(relation)
    writer.natural(described.length)
    writer.raw(described)
  }
  writer.natural(chunk.changes.length)
  for (const change of chunk.changes) writeChange(writer, change, places.get(change.relation) ?? 0)
  return writer.done()
}

function writeChange(writer: ByteWriter, { kind, index, record, oldRecord }: Change, place: number): void {
  writer.byte(KINDS.indexOf(kind) + (record === null ? 0 : 4) + (oldRecord === null ? 0 : 8))
  writer.natural(place)
  writer.natural(index)
  for (const row of [record, oldRecord]) {
    if (row === null) continue
    writer.natural(row.length)
    for (const cell of row) writeCell(writer, cell)
  }
}

function writeCell(writer: ByteWriter, cell: Cell): void {
  if (cell === undefined) writer.byte(LEFT_OUT)
  else if (cell === null) writer.byte(NULL)
  else writer.text(cell, TEXT)
}

function describe({ oid, schema, table, replicaIdentity, columns }: Relation): Buffer {
  const writer = new ByteWriter()
  writer.natural(oid)
  writer.text(schema)
  writer.text(table)
  writer.byte(IDENTITIES.indexOf(replicaIdentity))
  writer.natural(columns.length)
  for (const { name, typeOid, isKey } of columns) {
    writer.text(name)
    writer.natural(typeOid)
    writer.byte(isKey ? 1 : 0)
  }
  return writer.done()
}

/** Tables as they were described before, by their bytes: the same table is the same object, which its readers rely on. */
export type KnownRelations = Map<string, Relation>

const MOST_KNOWN = 2000

/** Throws where the bytes make no sense. */
export function readChunk(reader: ByteReader, known: KnownRelations): ChangeChunk {
  const lsn = reader.long()
  const committedAt = reader.double()
  const xid = reader.natural()
  const schemaChanged = reader.byte() === 1
  const relations = reader.list(() => readRelation(reader, known))
  const changes = reader.list(() => readChange(reader, relations))
  return { kind: 'change-chunk', lsn, committedAt, xid, changes, schemaChanged }
}

function readRelation(reader: ByteReader, known: KnownRelations): Relation {
  const bytes = reader.raw(reader.natural())
  const key = bytes.toString('latin1')
  const found = known.get(key)
  if (found !== undefined) return found
  if (known.size >= MOST_KNOWN) known.clear()
  const relation = readDescription(new ByteReader(bytes))
  known.set(key, relation)
  return relation
}

function readDescription(reader: ByteReader): Relation {
  const oid = reader.natural()
  const schema = reader.text()
  const table = reader.text()
  const replicaIdentity = IDENTITIES[reader.byte()] ?? unknown('replica identity')
  const columns = reader.list((): RelationColumn => {
    const name = reader.text()
    const typeOid = reader.natural()
    return { name, typeOid, isKey: reader.byte() === 1 }
  })
  reader.end()
  return { oid, schema, table, replicaIdentity, columns }
}

function readChange(reader: ByteReader, relations: readonly Relation[]): Change {
  const head = reader.byte()
  const kind = KINDS[head % 4] ?? unknown('kind of change')
  const relation = relations[reader.natural()] ?? unknown('table')
  const index = reader.natural()
  const record = (head & 4) === 0 ? null : readRow(reader)
  const oldRecord = (head & 8) === 0 ? null : readRow(reader)
  return { kind, relation, record, oldRecord, index }
}

function readRow(reader: ByteReader): readonly Cell[] {
  return reader.list((): Cell => {
    const head = reader.natural()
    if (head === LEFT_OUT) return undefined
    return head === NULL ? null : reader.characters(head - TEXT)
  })
}

function unknown(what: string): never {
  throw new Error(`This message has a ${what} that nobody knows.`)
}
