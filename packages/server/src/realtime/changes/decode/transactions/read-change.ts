// Turns a row message into a change: what an old row carries, and what the stream leaves out because it did not change.

import type { Cell, Change, Relation } from '../../change.ts'
import type { OldTuple, PgoutputMessage } from '../pgoutput/pgoutput-message.ts'

type RowMessage = Extract<PgoutputMessage, { kind: 'insert' | 'update' | 'delete' }>

/** Throws where the row does not fit the relation. `index` is its place within the transaction. */
export function readChange(message: RowMessage, relation: Relation, index: number): Change {
  if (message.kind === 'insert') {
    return { kind: 'INSERT', relation, record: fitting(message.record, relation), oldRecord: null, index }
  }
  const oldRecord = message.old === null ? null : oldCells(message.old, relation)
  if (message.kind === 'delete') return { kind: 'DELETE', relation, record: null, oldRecord, index }
  return { kind: 'UPDATE', relation, record: completed(fitting(message.record, relation), oldRecord), oldRecord, index }
}

/** With the key alone, every other cell is sent as NULL and means nothing. */
function oldCells({ carries, cells }: OldTuple, relation: Relation): readonly Cell[] {
  const fit = fitting(cells, relation)
  if (carries === 'full') return fit
  return fit.map((cell, index) => (relation.columns[index]?.isKey === true ? cell : undefined))
}

/** An unchanged TOAST value is what it was. */
function completed(cells: readonly Cell[], old: readonly Cell[] | null): readonly Cell[] {
  if (old === null || !cells.includes(undefined)) return cells
  return cells.map((cell, index) => (cell === undefined ? old[index] : cell))
}

function fitting(cells: readonly Cell[], { columns, schema, table }: Relation): readonly Cell[] {
  if (cells.length === columns.length) return cells
  const sizes = `${cells.length} values for ${columns.length} columns`
  throw new Error(`The replication stream has ${sizes} of ${schema}.${table}.`)
}
