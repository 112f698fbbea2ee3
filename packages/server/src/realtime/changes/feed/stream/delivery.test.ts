import { expect, test } from 'vitest'

import type { Change, ChangeChunk, Relation } from '../../change.ts'
import type { Piece } from '../../decode/transactions/assemble-transactions.ts'
import type { UntilVisible } from '../../visibility/until-visible.ts'
import { Delivery } from './delivery.ts'

const relation: Relation = { oid: 1, schema: 'public', table: 't', replicaIdentity: 'default', columns: [] }

function piece(lsn: bigint, indexes: readonly number[], end: bigint | null): Piece {
  const changes = indexes.map((index): Change => ({ kind: 'INSERT', relation, record: [], oldRecord: null, index }))
  return {
    chunk: { kind: 'change-chunk', lsn, committedAt: 0, xid: 0, changes, schemaChanged: false },
    bytes: 1024 * 512,
    end,
  }
}

function open(untilVisible: UntilVisible = async () => undefined): {
  readonly delivery: Delivery
  readonly faults: unknown[]
} {
  const faults: unknown[] = []
  return { delivery: new Delivery({ onListenerFault: (error) => faults.push(error), untilVisible }), faults }
}

function says({ lsn, changes }: ChangeChunk): string {
  return `${lsn}:${changes.map(({ index }) => index).join(',')}`
}

/** A listener that is through with a chunk when it is told to be. */
function slow(): { hear: (chunk: ChangeChunk) => Promise<void>; heard: string[]; next: () => Promise<void> } {
  const heard: string[] = []
  const ends: (() => void)[] = []
  return {
    heard,
    hear: async (chunk) => {
      heard.push(says(chunk))
      await new Promise<void>((resolve) => ends.push(resolve))
    },
    next: async () => {
      ends.shift()?.()
      await Promise.resolve()
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

test('a chunk waits until everybody is through with the one before, and only then is it confirmed', async () => {
  const { delivery } = open()
  const [one, other] = [slow(), slow()]
  delivery.listen(one.hear)
  delivery.listen(other.hear)
  delivery.take(piece(10n, [0], null))
  delivery.take(piece(10n, [1], 11n))
  expect([one.heard, other.heard]).toEqual([['10:0'], ['10:0']])
  await one.next()
  expect(one.heard).toEqual(['10:0'])
  await other.next()
  expect(one.heard).toEqual(['10:0', '10:1'])
  expect(delivery.confirmed).toBe(0n)
  await one.next()
  await other.next()
  expect(delivery.confirmed).toBe(11n)
})

test('listeners that do not wait are called in the same turn', () => {
  const { delivery } = open()
  const heard: string[] = []
  delivery.listen((chunk) => void heard.push(says(chunk)))
  delivery.take(piece(10n, [0], 11n))
  expect(heard).toEqual(['10:0'])
  expect(delivery.confirmed).toBe(11n)
})

test('what comes again after a break is told once, a transaction that was cut apart from where it was', async () => {
  const { delivery } = open()
  const listener = slow()
  delivery.listen(listener.hear)
  delivery.take(piece(10n, [0, 1], 11n))
  delivery.take(piece(20n, [0, 1], null))
  await listener.next()
  // The second is being heard; what follows is forgotten with the connection.
  delivery.take(piece(20n, [2, 3], 21n))
  delivery.interrupt()
  for (const again of [piece(10n, [0, 1], 11n), piece(20n, [0, 1, 2], null), piece(20n, [3], 21n)]) delivery.take(again)
  for (let turn = 0; turn < 4; turn += 1) await listener.next()
  expect(listener.heard).toEqual(['10:0,1', '20:0,1', '20:2', '20:3'])
  expect(delivery.confirmed).toBe(21n)
})

test('no more waits than may, and whoever reads is told when there is room', async () => {
  const { delivery } = open()
  const listener = slow()
  delivery.listen(listener.hear)
  let room = 0
  for (const lsn of [10n, 20n, 30n]) delivery.take(piece(lsn, [0], lsn + 1n))
  expect(delivery.isFull).toBe(true)
  delivery.whenSpace(() => (room += 1))
  await listener.next()
  await listener.next()
  expect([room, delivery.isFull]).toEqual([1, false])
})

test('a new slot begins anew', () => {
  const { delivery } = open()
  const heard: string[] = []
  delivery.listen((chunk) => void heard.push(says(chunk)))
  delivery.take(piece(10n, [0], 11n))
  delivery.restart()
  expect(delivery.confirmed).toBe(0n)
  delivery.take(piece(5n, [0], 6n))
  expect(heard).toEqual(['10:0', '5:0'])
})

test('a listener that throws keeps nobody from hearing', () => {
  const { delivery, faults } = open()
  const heard: string[] = []
  delivery.listen(() => {
    throw new Error('no')
  })
  const stop = delivery.listen((chunk) => void heard.push(says(chunk)))
  delivery.take(piece(10n, [0], 11n))
  stop()
  delivery.take(piece(20n, [0], 21n))
  expect(heard).toEqual(['10:0'])
  expect(faults).toHaveLength(2)
  expect(delivery.confirmed).toBe(21n)
})

test('a change of the schema is told once others see it, and what follows it after it', async () => {
  const seen = Promise.withResolvers<void>()
  const { delivery } = open(async () => await seen.promise)
  const heard: string[] = []
  delivery.listen((chunk) => void heard.push(says(chunk)))
  const { chunk, ...rest } = piece(10n, [0], 11n)
  if (chunk === null) throw new Error('There is no chunk.')
  delivery.take({ ...rest, chunk: { ...chunk, schemaChanged: true } })
  delivery.take(piece(20n, [0], 21n))
  expect([heard, delivery.confirmed]).toEqual([[], 0n])
  seen.resolve()
  await new Promise((resolve) => setImmediate(resolve))
  expect([heard, delivery.confirmed]).toEqual([['10:0', '20:0'], 21n])
})
