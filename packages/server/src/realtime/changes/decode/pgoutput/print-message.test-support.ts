// Writes messages as pgoutput does, so that tests can say what the stream holds.

import type { Cell, Relation } from '../../change.ts'
import { POSTGRES_EPOCH } from './message-reader.ts'
import type { OldTuple, PgoutputMessage } from './pgoutput-message.ts'

export function printMessage(message: PgoutputMessage): Buffer {
  switch (message.kind) {
    case 'begin':
      return bytes('B', uint64(message.commitLsn), time(message.committedAt), uint32(message.xid))
    case 'commit':
      return bytes('C', uint8(0), uint64(message.commitLsn), uint64(message.endLsn), time(message.committedAt))
    case 'relation':
      return printRelation(message.relation)
    case 'type':
      return bytes('Y', uint32(message.oid), schema(message.schema), cstring(message.name))
    case 'insert':
      return bytes('I', uint32(message.relation), 'N', cells(message.record))
    case 'update':
      return bytes('U', uint32(message.relation), ...old(message.old), 'N', cells(message.record))
    case 'delete':
      return bytes('D', uint32(message.relation), ...old(message.old))
    case 'truncate':
      return bytes('T', uint32(message.relations.length), uint8(message.flags), ...message.relations.map(uint32))
    case 'origin':
      return bytes('O', uint64(message.lsn), cstring(message.name))
    case 'message':
      return bytes(
        'M',
        uint8(message.isTransactional ? 1 : 0),
        uint64(message.lsn),
        cstring(message.prefix),
        uint32(message.content.length),
        message.content,
      )
  }
}

function printRelation({ oid, schema: schemaName, table, replicaIdentity, columns }: Relation): Buffer {
  const head = [uint32(oid), schema(schemaName), cstring(table), replicaIdentity.charAt(0), uint16(columns.length)]
  const printed = columns.flatMap((column) => [
    uint8(column.isKey ? 1 : 0),
    cstring(column.name),
    uint32(column.typeOid),
    uint32(0xffff_ffff),
  ])
  return bytes('R', ...head, ...printed)
}

function old(tuple: OldTuple | null): readonly (Buffer | string)[] {
  return tuple === null ? [] : [tuple.carries === 'key' ? 'K' : 'O', cells(tuple.cells)]
}

function cells(row: readonly Cell[]): Buffer {
  return bytes(uint16(row.length), ...row.map(cell))
}

function cell(value: Cell): Buffer {
  if (value === undefined) return bytes('u')
  if (value === null) return bytes('n')
  const text = Buffer.from(value)
  return bytes('t', uint32(text.length), text)
}

function schema(name: string): Buffer {
  return cstring(name === 'pg_catalog' ? '' : name)
}

function bytes(...parts: readonly (Buffer | string)[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
}

function cstring(text: string): Buffer {
  return Buffer.from(`${text}\0`)
}

function uint8(value: number): Buffer {
  return Buffer.from([value])
}

function uint16(value: number): Buffer {
  const written = Buffer.alloc(2)
  written.writeUInt16BE(value)
  return written
}

function uint32(value: number): Buffer {
  const written = Buffer.alloc(4)
  written.writeUInt32BE(value)
  return written
}

function uint64(value: bigint): Buffer {
  const written = Buffer.alloc(8)
  written.writeBigUInt64BE(value)
  return written
}

function time(unixMilliseconds: number): Buffer {
  const written = Buffer.alloc(8)
  written.writeBigInt64BE(BigInt(unixMilliseconds - POSTGRES_EPOCH) * 1000n)
  return written
}
