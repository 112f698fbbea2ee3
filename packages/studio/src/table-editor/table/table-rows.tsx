// The rows of a table with everything that can be done to them.

import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import type { RowFilter, TableSearch } from '../address.ts'
import { FilterBar } from '../filters/filter-bar.tsx'
import { DataGrid } from '../grid/data-grid.tsx'
import { useSelection } from '../grid/use-selection.ts'
import type { Relation, Row } from '../rows/relation.ts'
import { useRows } from '../rows/use-rows.ts'
import { ReferencePeek } from './reference-peek.tsx'
import { RowsState } from './rows-state.tsx'
import { nextSort } from './next-sort.ts'
import { SelectionBar } from './selection/selection-bar.tsx'
import { TablePanels } from './table-panels.tsx'
import { Toolbar } from './toolbar/toolbar.tsx'

interface TableRowsProps {
  readonly relation: Relation
  readonly as: object | null
  /** Whose eyes these are; null for the owner's. */
  readonly viewer: string | null
}

interface Peek {
  readonly row: Row
  readonly column: string
  readonly at: Element
}

export function TableRows({ relation, as, viewer }: TableRowsProps) {
  const search = useSearch({ from: '/table-editor' })
  const { filters = [], sort = [], panel } = search
  const navigate = useNavigate()
  const { rows, refresh, countExactly } = useRows(relation, { filters, sort, as })
  const selection = useSelection(rows)
  const [opened, setOpened] = useState<{ readonly row: Row; readonly index: number } | null>(null)
  const [peek, setPeek] = useState<Peek | null>(null)
  const change = (part: TableSearch): void => {
    void navigate({
      to: '/table-editor/$schema/$table',
      params: { schema: relation.schema, table: relation.name },
      search: { ...search, ...part },
    })
  }
  const setFilters = (next: readonly RowFilter[]): void =>
    change({ filters: next.length === 0 ? undefined : [...next] })
  return (
    <>
      <Toolbar
        relation={relation}
        asked={{ table: { schema: relation.schema, name: relation.name }, filters, sort, as }}
        total={rows.total}
        onPanel={(next) => change({ panel: next })}
        onRefresh={refresh}
        onCount={countExactly}
      />
      <FilterBar relation={relation} filters={filters} onChange={setFilters} />
      <SelectionBar relation={relation} as={as} selection={selection} onDeleted={refresh} />
      <RowsState rows={rows} relation={relation} viewer={viewer} filtered={filters.length > 0} />
      <DataGrid
        relation={relation}
        rows={rows}
        sort={sort}
        as={as}
        selection={selection}
        onSort={(column, add) => change({ sort: nextSort(sort, column, add) })}
        onOpen={(row, index) => setOpened({ row, index })}
        onPeek={(row, column, at) => setPeek({ row, column, at })}
      />
      {peek !== null && <ReferencePeek {...peek} relation={relation} as={as} onClose={() => setPeek(null)} />}
      <TablePanels
        relation={relation}
        as={as}
        panel={panel ?? null}
        opened={opened}
        onClose={() => {
          setOpened(null)
          change({ panel: undefined })
        }}
        onRow={(index, row) => rows.put(index, row)}
        onAdded={refresh}
      />
    </>
  )
}
