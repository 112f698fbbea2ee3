// What the stream tells of a row as it was.

import type { Cell, Change } from '../../change.ts'

/**
 * The old row as far as it is known: null where there is none. Without FULL it is the replica identity's columns, and where
 * an UPDATE left those as they were the stream says nothing, so that they are taken from the new row.
 */
export function oldRow({ kind, relation, record, oldRecord }: Change): readonly Cell[] | null {
  if (kind === 'INSERT') return null
  const row = oldRecord ?? (kind === 'UPDATE' && relation.replicaIdentity !== 'full' ? record : null)
  if (row === null) return null
  if (relation.replicaIdentity === 'full') return row
  // In the stream's old keys the other columns stand as NULL, which they need not have been.
  return relation.columns.map(({ isKey }, at) => (isKey ? row[at] : undefined))
}

/** The change with the values that the stream left out of the new row because they stayed, where the old row has them. */
export function completed(change: Change): Change {
  const { record, oldRecord, relation } = change
  if (record === null || oldRecord === null || relation.replicaIdentity !== 'full') return change
  if (!record.includes(undefined)) return change
  return { ...change, record: record.map((cell, at) => (cell === undefined ? oldRecord[at] : cell)) }
}

/** Bytes of everything that the change holds, as text. */
export function sizeOf({ record, oldRecord }: Change): number {
  return sizeOfRow(record) + sizeOfRow(oldRecord)
}

function sizeOfRow(row: readonly Cell[] | null): number {
  let bytes = 0
  for (const cell of row ?? []) if (typeof cell === 'string') bytes += Buffer.byteLength(cell)
  return bytes
}
