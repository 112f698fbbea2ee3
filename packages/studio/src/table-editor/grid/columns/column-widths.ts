// How wide the columns of a table are, kept in the browser.

import { useState } from 'react'

import type { Column, TableName } from '../../rows/relation.ts'

export const NARROWEST = 60
export const WIDEST = 1200
/** The column before the others: the row's check box and the way to its panel. Pixels. */
export const LEADING = 72

export interface ColumnWidths {
  readonly widthOf: (column: Column) => number
  readonly resize: (column: string, width: number) => void
}

export function useColumnWidths({ schema, name }: TableName): ColumnWidths {
  const key = `tenon.widths.${schema}.${name}`
  const [chosen, setChosen] = useState<{ readonly key: string; readonly widths: Readonly<Record<string, number>> }>(
    () => ({ key, widths: read(key) }),
  )
  const widths = chosen.key === key ? chosen.widths : read(key)
  return {
    widthOf: (column) => widths[column.name] ?? usualWidth(column),
    resize: (column, width) => {
      const next = { ...widths, [column]: Math.min(WIDEST, Math.max(NARROWEST, Math.round(width))) }
      localStorage.setItem(key, JSON.stringify(next))
      setChosen({ key, widths: next })
    },
  }
}

function usualWidth({ name, type, base, category }: Column): number {
  if (base === 'uuid') return 300
  if (base === 'jsonb' || base === 'json') return 260
  if (category === 'D') return 220
  const wide = category === 'B' || category === 'N' ? 120 : 200
  return Math.min(320, Math.max(wide, name.length * 9 + Math.min(type.length, 14) * 7 + 48))
}

function read(key: string): Readonly<Record<string, number>> {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, number>
  } catch {
    return {}
  }
}
