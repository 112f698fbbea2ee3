// Reads what pgoutput says. Bytes that are no message throw: the stream is then begun anew.

import type { Cell, Relation, RelationColumn } from '../../change.ts'
import { MessageReader } from './message-reader.ts'
import type { OldTuple, PgoutputMessage } from './pgoutput-message.ts'

const code = (letter: string): number => letter.charCodeAt(0)

const BEGIN = code('B')
const COMMIT = code('C')
const RELATION = code('R')
const TYPE = code('Y')
const INSERT = code('I')
const UPDATE = code('U')
const DELETE = code('D')
const TRUNCATE = code('T')
const ORIGIN = code('O')
const MESSAGE = code('M')

const NEW_TUPLE = code('N')
const KEY_TUPLE = code('K')
const OLD_TUPLE = code('O')

const NULL_CELL = code('n')
const UNCHANGED_CELL = code('u')
const TEXT_CELL = code('t')

const replicaIdentities: Readonly<Record<string, Relation['replicaIdentity']>> = {
  d: 'default',
  n: 'nothing',
  f: 'full',
  i: 'index',
}

/** Throws on anything that is not exactly one message. `at` is where it begins in `bytes`. */
export function parseMessage(bytes: Buffer, at = 0): PgoutputMessage {
  const reader = new MessageReader(bytes, at)
  const message = parseBody(reader.uint8(), reader)
  reader.end()
  return message
}

function parseBody(letter: number, reader: MessageReader): PgoutputMessage {
  switch (letter) {
    case INSERT:
      return parseInsert(reader)
    case UPDATE:
      return parseUpdate(reader)
    case DELETE:
      return { kind: 'delete', relation: reader.uint32(), old: parseOldTuple(reader.uint8(), reader) }
    case BEGIN:
      return { kind: 'begin', commitLsn: reader.uint64(), committedAt: reader.time(), xid: reader.uint32() }
    case COMMIT:
      return parseCommit(reader)
    case RELATION:
      return { kind: 'relation', relation: parseRelation(reader) }
    case MESSAGE:
      return parseLogicalMessage(reader)
    case TYPE:
      return { kind: 'type', oid: reader.uint32(), schema: schemaName(reader.cstring()), name: reader.cstring() }
    case TRUNCATE:
      return parseTruncate(reader)
    case ORIGIN:
      return { kind: 'origin', lsn: reader.uint64(), name: reader.cstring() }
    default:
      throw unexpected(letter, 'a message')
  }
}

function parseInsert(reader: MessageReader): PgoutputMessage {
  const relation = reader.uint32()
  expect(NEW_TUPLE, reader)
  return { kind: 'insert', relation, record: parseCells(reader) }
}

function parseUpdate(reader: MessageReader): PgoutputMessage {
  const relation = reader.uint32()
  const next = reader.uint8()
  if (next === NEW_TUPLE) return { kind: 'update', relation, old: null, record: parseCells(reader) }
  const old = parseOldTuple(next, reader)
  expect(NEW_TUPLE, reader)
  return { kind: 'update', relation, old, record: parseCells(reader) }
}

function parseOldTuple(letter: number, reader: MessageReader): OldTuple {
  if (letter !== KEY_TUPLE && letter !== OLD_TUPLE) throw unexpected(letter, 'an old row')
  return { carries: letter === KEY_TUPLE ? 'key' : 'full', cells: parseCells(reader) }
}

function parseCells(reader: MessageReader): readonly Cell[] {
  const count = reader.uint16()
  const cells: Cell[] = []
  for (let index = 0; index < count; index += 1) cells.push(parseCell(reader))
  return cells
}

/** A text of JavaScript has an end, and a message that threw for that would come again with every attempt. Bytes. */
const LARGEST_CELL = 256 * 1024 * 1024

function parseCell(reader: MessageReader): Cell {
  const letter = reader.uint8()
  if (letter === TEXT_CELL) {
    const length = reader.uint32()
    return length > LARGEST_CELL ? reader.skip(length) : reader.text(length)
  }
  if (letter === NULL_CELL) return null
  if (letter === UNCHANGED_CELL) return undefined
  throw unexpected(letter, 'a value in text form')
}

function parseCommit(reader: MessageReader): PgoutputMessage {
  // Flags, of which none is in use.
  reader.uint8()
  return { kind: 'commit', commitLsn: reader.uint64(), endLsn: reader.uint64(), committedAt: reader.time() }
}

function parseRelation(reader: MessageReader): Relation {
  const oid = reader.uint32()
  const schema = schemaName(reader.cstring())
  const table = reader.cstring()
  const letter = reader.uint8()
  const replicaIdentity = replicaIdentities[String.fromCharCode(letter)]
  if (replicaIdentity === undefined) throw unexpected(letter, 'a replica identity')
  const count = reader.uint16()
  const columns: RelationColumn[] = []
  for (let index = 0; index < count; index += 1) columns.push(parseColumn(reader))
  return { oid, schema, table, replicaIdentity, columns }
}

function parseColumn(reader: MessageReader): RelationColumn {
  const isKey = (reader.uint8() & 1) === 1
  const name = reader.cstring()
  const typeOid = reader.uint32()
  // The type's modifier says nothing that the text form does not show.
  reader.uint32()
  return { name, typeOid, isKey }
}

function parseTruncate(reader: MessageReader): PgoutputMessage {
  const count = reader.uint32()
  const flags = reader.uint8()
  const relations: number[] = []
  for (let index = 0; index < count; index += 1) relations.push(reader.uint32())
  return { kind: 'truncate', relations, flags }
}

function parseLogicalMessage(reader: MessageReader): PgoutputMessage {
  const isTransactional = (reader.uint8() & 1) === 1
  const lsn = reader.uint64()
  const prefix = reader.cstring()
  return { kind: 'message', isTransactional, lsn, prefix, content: reader.copy(reader.uint32()) }
}

/** The stream leaves the name of this one schema out. */
function schemaName(name: string): string {
  return name === '' ? 'pg_catalog' : name
}

function expect(letter: number, reader: MessageReader): void {
  const found = reader.uint8()
  if (found !== letter) throw unexpected(found, 'a new row')
}

function unexpected(letter: number, wanted: string): Error {
  return new Error(`The replication stream has byte ${letter} where ${wanted} was to begin.`)
}
