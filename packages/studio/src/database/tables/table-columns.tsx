// What the list tells of each table.

import { Ellipsis } from 'lucide-react'

import { Badge } from '../../ui/display/badge.tsx'
import type { Column } from '../../ui/display/data-table.tsx'
import { Menu } from '../../ui/overlay/menu.tsx'
import { kindText } from './drop-table.tsx'
import { countText, counted, sizeText } from '../../ui/words/amounts.ts'
import type { TableSummary } from './table.ts'

export interface TableActions {
  readonly edit: (table: TableSummary) => void
  readonly duplicate: (table: TableSummary) => void
  readonly drop: (table: TableSummary) => void
}

const isTable = ({ kind }: TableSummary): boolean => kind === 'table' || kind === 'partitioned-table'

export function tableColumns(actions: TableActions): readonly Column<TableSummary>[] {
  return [
    {
      id: 'name',
      head: 'Name',
      sortBy: ({ name }) => name,
      cell: (table) => <NameCell table={table} actions={actions} />,
    },
    { id: 'description', head: 'Description', cell: ({ comment }) => comment ?? '', from: 'lg' },
    {
      id: 'rows',
      head: 'Rows (estimated)',
      cell: ({ estimatedRows }) => countText(estimatedRows),
      align: 'right',
      from: 'sm',
    },
    {
      id: 'size',
      head: 'Size',
      sortBy: ({ bytes }) => bytes ?? 0,
      cell: ({ bytes }) => sizeText(bytes),
      align: 'right',
    },
    { id: 'columns', head: 'Columns', cell: ({ columns }) => columns.length, align: 'right', from: 'lg' },
    { id: 'access', head: 'Access', cell: (table) => <AccessCell table={table} />, from: 'sm' },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: (table) => <ActionsCell table={table} actions={actions} />,
      align: 'right',
    },
  ]
}

interface CellProps {
  readonly table: TableSummary
  readonly actions: TableActions
}

function NameCell({ table, actions }: CellProps) {
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1.5">
      {isTable(table) ? (
        <button type="button" className="text-left font-medium break-all underline" onClick={() => actions.edit(table)}>
          {table.name}
        </button>
      ) : (
        <span className="font-medium break-all">{table.name}</span>
      )}
      {table.kind !== 'table' && <Badge>{kindText(table.kind)}</Badge>}
      <span className="sm:hidden">
        <Protection table={table} />
      </span>
    </div>
  )
}

function AccessCell({ table }: { readonly table: TableSummary }) {
  return (
    <div className="flex flex-wrap gap-1">
      <Protection table={table} />
      {table.realtime && <Badge tone="brand">Realtime</Badge>}
      {!isExposed(table) && <Badge>Not in the API</Badge>}
    </div>
  )
}

function Protection({ table }: { readonly table: TableSummary }) {
  if (!isTable(table)) return null
  if (!table.rowSecurity) return <Badge tone="warning">RLS disabled</Badge>
  const { policies } = table
  if (policies === 0) return <Badge>RLS, no policies</Badge>
  return <Badge tone="good">{counted(policies, 'RLS policy', 'RLS policies')}</Badge>
}

/** Reached through the REST API by somebody who is not the owner. */
function isExposed({ exposed, grants }: TableSummary): boolean {
  return exposed && [grants['anon'], grants['authenticated']].some((granted) => (granted ?? []).length > 0)
}

function ActionsCell({ table, actions }: CellProps) {
  const shaped = isTable(table)
  return (
    <Menu
      label={`Actions for ${table.name}`}
      trigger={<Ellipsis aria-hidden />}
      variant="ghost"
      size="icon"
      items={[
        { label: 'Edit table', disabled: !shaped, onSelect: () => actions.edit(table) },
        { label: 'Duplicate table', disabled: !shaped, onSelect: () => actions.duplicate(table) },
        { label: `Delete ${kindText(table.kind)}`, danger: true, apart: true, onSelect: () => actions.drop(table) },
      ]}
    />
  )
}
