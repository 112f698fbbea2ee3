// `data` of a postgres_changes event: written once for everybody who sees the same columns of the same change.

import type { Cell, Change } from '../../change.ts'
import type { PrintCell } from '../../decode/cells/cell-printer.ts'
import { oldRow, sizeOf } from './old-row.ts'
import { rowJson, type RowParts } from './row-json.ts'
import type { View } from './view.ts'

export interface ChangeData {
  /** JSON, the old row whole or by its key alone. */
  for(view: View, oldRow: 'whole' | 'keys'): string
}

/** `committedAt` in Unix milliseconds, `limit` in bytes of the row. */
export function changeData(
  change: Change,
  committedAt: number,
  limit: number,
  printers: readonly PrintCell[],
): ChangeData {
  const written = new Map<View, { whole?: string; keys?: string }>()
  const isLarge = sizeOf(change) > limit || lacksCells(change)
  const head = `"schema":${JSON.stringify(change.relation.schema)},"table":${JSON.stringify(change.relation.table)}`
  const about = `{${head},"commit_timestamp":"${new Date(committedAt).toISOString()}","type":"${change.kind}"`
  return {
    for(view, part) {
      const kept = written.get(view) ?? {}
      written.set(view, kept)
      return (kept[part] ??=
        `${about},${contents(change, view, printers, { keysOnly: part === 'keys', smallOnly: isLarge })}}`)
    },
  }
}

/** Of a new row only what is too large for us is left out. */
function lacksCells({ kind, record }: Change): boolean {
  return kind === 'INSERT' && record?.includes(undefined) === true
}

function contents(
  change: Change,
  view: View,
  printers: readonly PrintCell[],
  { keysOnly, smallOnly }: RowParts,
): string {
  const errors = view.error ?? (smallOnly ? 'Error 413: Payload Too Large' : null)
  const fields = [`"columns":${view.columnsJson}`]
  const row = (cells: readonly Cell[], part: RowParts): string => rowJson(view, change.relation, cells, printers, part)
  if (change.record !== null) fields.push(`"record":${row(change.record, { keysOnly: false, smallOnly })}`)
  if (change.kind !== 'INSERT') fields.push(`"old_record":${row(oldRow(change) ?? [], { keysOnly, smallOnly })}`)
  fields.push(`"errors":${errors === null ? 'null' : JSON.stringify([errors])}`)
  return fields.join(',')
}
