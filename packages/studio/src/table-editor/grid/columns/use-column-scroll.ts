// Which columns are in sight.

import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useMemo } from 'react'

import { referenceOf, type Relation } from '../../rows/relation.ts'
import { LEADING, type ColumnWidths } from './column-widths.ts'
import type { ShownColumn } from '../drawn/grid-row.tsx'

interface ColumnScroll {
  readonly shown: readonly ShownColumn[]
  /** Of all columns together, the leading one included. Pixels. */
  readonly width: number
  widthAt(index: number): number
  show(index: number): void
}

export function useColumnScroll(
  box: RefObject<HTMLDivElement | null>,
  relation: Relation,
  widths: ColumnWidths,
): ColumnScroll {
  const { columns } = relation
  const sizes = columns.map((column) => widths.widthOf(column))
  const virtualizer = useVirtualizer<HTMLDivElement, Element>({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => sizes[index] ?? 0,
    paddingStart: LEADING,
    scrollPaddingStart: LEADING,
    overscan: 2,
  })
  const measured = sizes.join()
  useEffect(() => virtualizer.measure(), [virtualizer, measured])
  const items = virtualizer.getVirtualItems()
  const places = items.map(({ index, start, size }) => `${index}:${start}:${size}`).join()
  // The same list while nothing moves sideways, so that rows need not be drawn again.
  const shown = useMemo(() => places.split(',').flatMap((place) => shownColumn(place, relation)), [places, relation])
  return {
    shown,
    width: virtualizer.getTotalSize(),
    widthAt: (index) => sizes[index] ?? 0,
    show: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }
}

function shownColumn(place: string, relation: Relation): readonly ShownColumn[] {
  const [index = Number.NaN, left = 0, width = 0] = place.split(':').map(Number)
  const column = relation.columns[index]
  if (column === undefined) return []
  return [{ index, column, left, width, refers: referenceOf(relation, column.name) !== undefined }]
}
