// One cell being changed: what was typed, and what became of it. Nothing that was typed is lost by a refusal.

import { useState } from 'react'

import { nameOf, type Column, type Relation, type Row } from '../../rows/relation.ts'
import { fetchCell, updateRow } from '../../rows/requests.ts'
import { changedMeanwhile, sayRefusal } from '../../rows/say-refusal.ts'
import type { CellPlace } from '../move-cell.ts'

export interface CellEdit {
  readonly place: CellPlace
  readonly column: Column
  /** The row that the change is made from. */
  readonly row: Row
  readonly before: string | null
  readonly text: string
  /** The whole of a long value is on its way. */
  readonly loading: boolean
  readonly busy: boolean
  readonly error: string | null
  /** Somebody else changed the row; their value of this cell. */
  readonly theirs: { readonly value: string | null } | null
}

/** What the cell is to become. */
export type NewValue = { readonly text: string | null } | 'default'

interface Editing {
  readonly edit: CellEdit | null
  /** Begins with the present value, or with what was just typed. */
  readonly begin: (place: CellPlace, row: Row, typed?: string) => void
  readonly type: (text: string) => void
  /** Resolves to whether it was saved, or nothing was to be saved. */
  readonly save: (value: NewValue) => Promise<boolean>
  /** Gives up what was typed; the row shown is the one as somebody else made it, where they did. */
  readonly cancel: () => void
}

interface EditingDeps {
  readonly relation: Relation
  readonly as: object | null
  /** The row as it now is. */
  readonly onRow: (index: number, row: Row) => void
}

export function useCellEdit({ relation, as, onRow }: EditingDeps): Editing {
  const [edit, setEdit] = useState<CellEdit | null>(null)
  const change = (part: Partial<CellEdit>): void =>
    setEdit((before) => (before === null ? null : { ...before, ...part }))
  const load = async (row: Row, column: string): Promise<void> => {
    try {
      const whole = await fetchCell(relation, nameOf(row), column, as)
      change({ before: whole, text: whole ?? '', loading: false })
    } catch (error) {
      change({ error: sayRefusal(error) })
    }
  }
  return {
    edit,
    begin(place, row, typed) {
      const column = relation.columns[place.column]
      if (column === undefined) return
      const before = row.cells[place.column] ?? null
      const loading = row.cut[column.name] !== undefined
      const text = typed ?? before ?? ''
      setEdit({ place, column, row, before, text, loading, busy: false, error: null, theirs: null })
      if (loading) void load(row, column.name)
    },
    type: (text) => change({ text, error: null }),
    async save(value) {
      if (edit === null || edit.busy || edit.loading) return false
      if (value !== 'default' && value.text === edit.before) {
        setEdit(null)
        return true
      }
      change({ busy: true, error: null })
      try {
        const { row } = await updateRow(relation, nameOf(edit.row), asked(edit.column.name, value), as)
        if (row !== null) onRow(edit.place.row, row)
        setEdit(null)
        return true
      } catch (error) {
        change({ busy: false, error: sayRefusal(error), ...meanwhile(error, edit.column.name) })
        return false
      }
    },
    cancel() {
      if (edit !== null && edit.theirs !== null) onRow(edit.place.row, edit.row)
      setEdit(null)
    },
  }
}

function asked(column: string, value: NewValue): Parameters<typeof updateRow>[2] {
  return value === 'default' ? { defaults: [column] } : { values: { [column]: value.text } }
}

/** The next attempt starts from the row as the other made it. */
function meanwhile(error: unknown, column: string): Partial<CellEdit> {
  const changed = changedMeanwhile(error)
  if (changed === null) return {}
  const value = changed.row.cells[changed.columns.indexOf(column)] ?? null
  return { row: changed.row, before: value, theirs: { value } }
}
