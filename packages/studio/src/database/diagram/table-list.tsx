// The diagram in words, for who cannot see it or has no mouse.

import { Badge } from '../../ui/display/badge.tsx'
import { counted } from '../../ui/words/amounts.ts'
import { type Diagram, type DiagramTable, idOf, type Relationship } from './diagram.ts'
import { TableLink } from './table-link.tsx'

/** Each table with where its keys lead. */
export function TableList({ diagram: { tables, relationships } }: { readonly diagram: Diagram }) {
  return (
    <section id="tables" tabIndex={-1} aria-label="Tables" className="flex flex-col gap-2">
      <h2 className="text-sm font-semibold">{`Tables (${tables.length})`}</h2>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {tables.map((table) => (
          <li
            key={idOf(table.schema, table.name)}
            className="min-w-0 rounded-md border border-line bg-surface p-3 text-sm"
          >
            <div className="flex flex-wrap items-center gap-2">
              <TableLink table={table} className="font-medium break-all underline" />
              <TableBadge table={table} />
            </div>
            <p className="text-xs text-quiet">{counted(table.columns.length, 'column')}</p>
            {relationships
              .filter((key) => isOf(key, table))
              .map((key) => (
                <p key={key.name} className="text-xs break-words text-quiet">
                  {`${key.from.columns.join(', ')} → ${targetOf(key, table.schema)}`}
                </p>
              ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A table without Row Level Security is seen by whoever has a key. */
function TableBadge({ table: { kind, rls } }: { readonly table: DiagramTable }) {
  if (kind !== 'table') return <Badge>{kind}</Badge>
  return rls ? <Badge tone="good">RLS</Badge> : <Badge tone="warning">RLS is off</Badge>
}

function isOf({ from }: Relationship, { schema, name }: DiagramTable): boolean {
  return from.schema === schema && from.table === name
}

function targetOf({ to }: Relationship, schema: string): string {
  return `${to.schema === schema ? '' : `${to.schema}.`}${to.table} (${to.columns.join(', ')})`
}
