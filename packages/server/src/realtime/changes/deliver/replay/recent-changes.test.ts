import { describe, expect, test } from 'vitest'

import type { Change, Relation } from '../../change.ts'
import { createRecentChanges } from './recent-changes.ts'

const relation: Relation = { oid: 1, schema: 'public', table: 'notes', replicaIdentity: 'default', columns: [] }

function change(text: string): Change {
  return { kind: 'INSERT', relation, record: [text], oldRecord: null, index: 0 }
}

function texts(chunks: readonly { readonly changes: readonly Change[] }[]): readonly unknown[] {
  return chunks.flatMap(({ changes }) => changes.map(({ record }) => record?.[0]))
}

describe('the latest changes', () => {
  test('come again from a moment on, that moment included, in the order of their commits', () => {
    const recent = createRecentChanges({ seconds: 60, bytes: 1_000_000 }, () => 1000)
    recent.keep({ lsn: 10n, committedAt: 1001, xid: 1, changes: [change('a')] })
    recent.keep({ lsn: 20n, committedAt: 1003, xid: 1, changes: [change('b'), change('c')] })
    // Commit times need not grow with the WAL.
    recent.keep({ lsn: 30n, committedAt: 1002, xid: 1, changes: [change('d')] })
    const { chunks, isComplete } = recent.since({ kind: 'time', at: 1003 })
    expect([texts(chunks), isComplete]).toEqual([['b', 'c', 'd'], true])
    expect(texts(recent.since({ kind: 'lsn', at: 20n }).chunks)).toEqual(['b', 'c', 'd'])
    expect(texts(recent.since({ kind: 'time', at: 1004 }).chunks)).toEqual([])
  })

  test('do not claim to know what was before them', () => {
    const recent = createRecentChanges({ seconds: 60, bytes: 1_000_000 }, () => 1000)
    expect(recent.since({ kind: 'time', at: 999 }).isComplete).toBe(false)
    expect(recent.since({ kind: 'time', at: 1001 }).isComplete).toBe(true)
    expect(recent.since({ kind: 'lsn', at: 5n }).isComplete).toBe(false)
    recent.keep({ lsn: 10n, committedAt: 1001, xid: 1, changes: [change('a')] })
    expect(recent.since({ kind: 'lsn', at: 5n })).toMatchObject({ isComplete: false, chunks: [{ lsn: 10n }] })
    expect(recent.since({ kind: 'lsn', at: 11n }).isComplete).toBe(true)
  })

  test('are let go when they are too old', () => {
    let now = 1000
    const recent = createRecentChanges({ seconds: 1, bytes: 1_000_000 }, () => now)
    recent.keep({ lsn: 10n, committedAt: 1001, xid: 1, changes: [change('a')] })
    now = 2500
    recent.keep({ lsn: 20n, committedAt: 2400, xid: 1, changes: [change('b')] })
    expect(recent.since({ kind: 'time', at: 1001 })).toMatchObject({ chunks: [{ lsn: 20n }], isComplete: false })
    expect(recent.since({ kind: 'time', at: 2400 }).isComplete).toBe(true)
  })

  test('never take more than their bytes', () => {
    const recent = createRecentChanges({ seconds: 60, bytes: 10_000 }, () => 1000)
    for (let at = 0; at < 5000; at += 1) {
      recent.keep({ lsn: BigInt(at), committedAt: 1001 + at, xid: 1, changes: [change('x'.repeat(1000))] })
    }
    const { chunks, isComplete } = recent.since({ kind: 'time', at: 1001 })
    expect([chunks.length, isComplete]).toEqual([7, false])
    expect(chunks.at(-1)?.lsn).toBe(4999n)
  })

  test('are vouched for from the moment on at which some were lost', () => {
    let now = 1000
    const recent = createRecentChanges({ seconds: 60, bytes: 10_000 }, () => now)
    recent.keep({ lsn: 10n, committedAt: 1001, xid: 1, changes: [change('a')] })
    now = 2000
    recent.restart()
    expect(recent.since({ kind: 'time', at: 1500 })).toEqual({ chunks: [], isComplete: false })
  })

  test('of a quiet log vouches for what comes after the place where it was told to begin', () => {
    const recent = createRecentChanges({ seconds: 60, bytes: 10_000 }, () => 1000)
    expect(recent.isPlaced).toBe(false)
    recent.beginAt(10n)
    recent.beginAt(5n)
    expect([9n, 10n, 11n].map((at) => recent.since({ kind: 'lsn', at }).isComplete)).toEqual([false, true, true])
    recent.restart()
    expect(recent.isPlaced).toBe(false)
  })
})
