// A table or view: what it is, its columns, and what one does with it.

import { Badge } from '../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../ui/display/data-table.tsx'
import { Empty, Loading } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { useTable } from '../queries.ts'
import type { DescribedColumn, DescribedTable, Project } from '../snippets/described.ts'
import { tableSnippets } from '../snippets/table-snippets.ts'
import { Snippets } from './snippets.tsx'

interface TableDocsProps {
  readonly project: Project
  readonly schema: string
  readonly name: string
}

export function TableDocs({ project, schema, name }: TableDocsProps) {
  const { data: table, error, isPending } = useTable(schema, name)
  if (isPending) return <Loading />
  if (table === undefined) return <RefusalNote error={error} />
  return (
    <>
      <header className="flex flex-col gap-1">
        <h2 className="flex flex-wrap items-center gap-2 text-lg font-semibold">
          {name} <Badge>{table.kind.replaceAll('-', ' ')}</Badge>
          {table.rowSecurity && <Badge tone="good">Row Level Security</Badge>}
        </h2>
        <p className="text-sm text-quiet">{table.comment ?? 'No description.'}</p>
      </header>
      <DataTable
        label={`Columns of ${name}`}
        columns={columns}
        rows={table.columns}
        keyOf={(column) => column.name}
        empty={<Empty title="There are no columns" />}
      />
      <Snippets snippets={tableSnippets(table, project)} />
    </>
  )
}

const columns: readonly Column<DescribedColumn>[] = [
  {
    id: 'name',
    head: 'Column',
    cell: (column) => (
      <span className="flex flex-wrap items-center gap-1.5 font-mono text-xs">
        {column.name}
        {column.primaryKey && <Badge tone="brand">Primary</Badge>}
      </span>
    ),
  },
  { id: 'type', head: 'Type', cell: (column) => <code className="font-mono text-xs">{column.type}</code> },
  { id: 'needed', head: 'On insert', from: 'sm', cell: neededOf },
  { id: 'comment', head: 'Description', from: 'lg', cell: (column) => column.comment ?? '' },
]

function neededOf({ identity, generated, default: standard, nullable }: DescribedTable['columns'][number]): string {
  if (generated !== null || identity === 'always') return 'never'
  return identity === 'by default' || standard !== null || nullable ? 'optional' : 'required'
}
