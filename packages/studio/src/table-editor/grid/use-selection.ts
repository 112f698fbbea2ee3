// The rows that are chosen, by what names them; they stay chosen when they scroll out of sight.

import { useState } from 'react'

import { identityOf, type Row } from '../rows/relation.ts'
import type { RowWindow } from '../rows/window/row-window.ts'

export interface Selection {
  readonly rows: ReadonlyMap<string, Row>
  has(row: Row | undefined): boolean
  /** Chooses or lets go one row; with `range` all at hand between it and the one before. */
  toggle(index: number, range: boolean): void
  readonly chooseAll: (chosen: boolean) => void
  clear(): void
}

/** Rows of one endpoint's request to delete them. */
const MOST = 5000

export function useSelection(window: RowWindow): Selection {
  const [rows, setRows] = useState<ReadonlyMap<string, Row>>(new Map())
  const [last, setLast] = useState<number | null>(null)
  const choose = (indexes: readonly number[], chosen: boolean): void => {
    setRows((before) => {
      const next = new Map(before)
      for (const index of indexes) {
        const row = window.row(index)
        if (row === undefined) continue
        if (!chosen) next.delete(identityOf(row))
        else if (next.size < MOST) next.set(identityOf(row), row)
      }
      return next
    })
  }
  return {
    rows,
    has: (row) => row !== undefined && rows.has(identityOf(row)),
    toggle(index, range) {
      const row = window.row(index)
      if (row === undefined) return
      const chosen = !rows.has(identityOf(row))
      const from = range && last !== null ? Math.min(last, index) : index
      const to = range && last !== null ? Math.max(last, index) : index
      choose(
        Array.from({ length: to - from + 1 }, (_, step) => from + step),
        chosen,
      )
      setLast(index)
    },
    chooseAll: (chosen) =>
      chosen
        ? choose(
            window.loaded().map(([index]) => index),
            true,
          )
        : setRows(new Map()),
    clear: () => setRows(new Map()),
  }
}
