import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Cell, Relation } from '../../change.ts'
import { parseMessage } from './parse-message.ts'
import type { OldTuple, PgoutputMessage } from './pgoutput-message.ts'
import { printMessage } from './print-message.test-support.ts'

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff })
const lsn = fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn })
const time = fc.integer({ min: 0, max: 4_102_444_800_000 })
const text = fc.string({ unit: 'grapheme' })
const name = text.map((value) => value.replaceAll('\0', ''))
const schema = name.map((value) => (value === '' ? 'public' : value))
const cell: fc.Arbitrary<Cell> = fc.oneof(text, fc.constant(null), fc.constant(undefined))
const cells = fc.array(cell, { maxLength: 12 })
const old: fc.Arbitrary<OldTuple> = fc.record({ carries: fc.constantFrom('key', 'full'), cells })
const relation: fc.Arbitrary<Relation> = fc.record({
  oid: uint32,
  schema,
  table: name,
  replicaIdentity: fc.constantFrom('default', 'nothing', 'full', 'index'),
  columns: fc.array(fc.record({ name, typeOid: uint32, isKey: fc.boolean() }), { maxLength: 12 }),
})

const kind = <const Kind extends string>(value: Kind): fc.Arbitrary<Kind> => fc.constant(value)

const message: fc.Arbitrary<PgoutputMessage> = fc.oneof(
  fc.record({ kind: kind('begin'), commitLsn: lsn, committedAt: time, xid: uint32 }),
  fc.record({ kind: kind('commit'), commitLsn: lsn, endLsn: lsn, committedAt: time }),
  fc.record({ kind: kind('relation'), relation }),
  fc.record({ kind: kind('type'), oid: uint32, schema, name }),
  fc.record({ kind: kind('insert'), relation: uint32, record: cells }),
  fc.record({ kind: kind('update'), relation: uint32, old: fc.option(old), record: cells }),
  fc.record({ kind: kind('delete'), relation: uint32, old }),
  fc.record({ kind: kind('truncate'), relations: fc.array(uint32), flags: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ kind: kind('origin'), lsn, name }),
  fc.record({
    kind: kind('message'),
    isTransactional: fc.boolean(),
    lsn,
    prefix: name,
    content: fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  }),
)

test('what is printed is read back as it was', () => {
  fc.assert(
    fc.property(message, (sent) => {
      expect(parseMessage(printMessage(sent))).toEqual(sent)
    }),
  )
})

test('a message that ends too early, or too late, is none', () => {
  fc.assert(
    fc.property(message, fc.nat(), (sent, at) => {
      const bytes = printMessage(sent)
      expect(() => parseMessage(bytes.subarray(0, at % bytes.length))).toThrow('replication stream')
      expect(() => parseMessage(Buffer.concat([bytes, Buffer.from('n')]))).toThrow('replication stream')
    }),
  )
})

function outcome(bytes: Buffer): string {
  try {
    return parseMessage(bytes).kind
  } catch (error) {
    return String(error)
  }
}

test('any bytes are either a message or refused as none, soon', () => {
  const letters = fc.constantFrom(...Buffer.from('BCRYIUDTOM'))
  fc.assert(
    fc.property(letters, fc.uint8Array({ maxLength: 200 }), (letter, rest) => {
      // The better of two: the other may have waited for the processor.
      const took = [1, 2].map(() => {
        const started = performance.now()
        expect(outcome(Buffer.from([letter, ...rest]))).toMatch(/^\w+$|replication stream/)
        return performance.now() - started
      })
      expect(Math.min(...took)).toBeLessThan(500)
    }),
    { numRuns: 2000 },
  )
})
