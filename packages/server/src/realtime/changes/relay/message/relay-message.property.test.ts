import {
  array,
  assert,
  bigInt,
  boolean,
  constant,
  constantFrom,
  double,
  maxSafeNat,
  nat,
  oneof,
  option,
  property,
  record,
  string,
  uint8Array,
} from 'fast-check'
import { expect, test } from 'vitest'

import type { Relation } from '../../change.ts'
import { decodeMessage, encodeMessage, type RelayMessage } from './relay-message.ts'

const lsn = bigInt({ min: 0n, max: 2n ** 64n - 1n })
const text = string({ unit: 'binary' })
const relation = record({
  oid: nat(),
  schema: text,
  table: text,
  replicaIdentity: constantFrom('default', 'nothing', 'full', 'index'),
  columns: array(record({ name: text, typeOid: nat(), isKey: boolean() }), { maxLength: 6 }),
})
const row = option(array(oneof(text, constant(null), constant(undefined)), { maxLength: 6 }))
const change = (relations: readonly Relation[]) =>
  record({
    kind: constantFrom('INSERT', 'UPDATE', 'DELETE'),
    relation: constantFrom(...relations),
    record: row,
    oldRecord: row,
    index: nat(),
  })
const chunk = array(relation, { minLength: 1, maxLength: 3 }).chain((relations) =>
  record({
    kind: constant('change-chunk' as const),
    lsn,
    committedAt: double({ noNaN: true }),
    xid: nat({ max: 4_294_967_295 }),
    changes: array(change(relations), { maxLength: 20 }),
    schemaChanged: boolean(),
  }),
)
const term = maxSafeNat()
const place = record({ lsn, index: nat().map((index) => index - 1) })
const message = oneof(
  record({ kind: constant('lead' as const), term, next: maxSafeNat(), through: lsn }),
  record({ kind: constant('chunk' as const), term, number: maxSafeNat(), chunk }),
  record({ kind: constantFrom('end' as const), term }),
  record({ kind: constantFrom('seek' as const, 'leave' as const) }),
  record({ kind: constant('follow' as const), term, progress: option(record({ through: lsn, last: option(place) })) }),
  record({ kind: constant('welcome' as const), term, from: maxSafeNat(), through: lsn, hasHole: boolean() }),
  record({ kind: constant('heard' as const), term, number: nat().map((number) => number - 1), through: lsn }),
  record({ kind: constant('again' as const), term, from: maxSafeNat() }),
)

test('a message comes out of its bytes as it went in', () => {
  assert(
    property(message, (sent: RelayMessage) => {
      expect(decodeMessage(encodeMessage(sent), new Map())).toEqual(sent)
    }),
  )
})

test('a table that was described before is the same object again', () => {
  assert(
    property(chunk, (sent) => {
      const known = new Map<string, Relation>()
      const bytes = encodeMessage({ kind: 'chunk', term: 1, number: 1, chunk: sent })
      const [first, second] = [decodeMessage(bytes, known), decodeMessage(bytes, known)]
      expect(relationsOf(first).every((each, index) => each === relationsOf(second)[index])).toBe(true)
    }),
  )
})

test('bytes that are no message are refused, and a message that is cut short is', () => {
  assert(
    property(oneof(uint8Array(), message.map(encodeMessage)), nat(), (bytes, at) => {
      const cut = bytes.subarray(0, bytes.length === 0 ? 0 : at % bytes.length)
      expect(outcome(cut)).toMatch(/^(message|Error)$/)
    }),
  )
  assert(
    property(message, nat(), (sent, at) => {
      const bytes = encodeMessage(sent)
      expect(outcome(bytes.subarray(0, at % bytes.length))).toBe('Error')
    }),
  )
})

function outcome(bytes: Uint8Array): string {
  try {
    decodeMessage(bytes, new Map())
    return 'message'
  } catch (error) {
    return error instanceof Error ? error.name : 'something else'
  }
}

function relationsOf(read: RelayMessage): readonly Relation[] {
  return read.kind === 'chunk' ? read.chunk.changes.map((each) => each.relation) : []
}
