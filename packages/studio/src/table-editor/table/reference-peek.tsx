// The row that a foreign key points to, beside the value that does.

import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Popover } from 'radix-ui'
import { useRef } from 'react'

import { Loading } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import type { RowFilter } from '../address.ts'
import { type Reference, referenceOf, type Relation, type Row } from '../rows/relation.ts'
import { fetchPage } from '../rows/requests.ts'

interface ReferencePeekProps {
  readonly relation: Relation
  readonly row: Row
  readonly column: string
  readonly at: Element
  readonly as: object | null
  readonly onClose: () => void
}

export function ReferencePeek({ relation, row, column, at, as, onClose }: ReferencePeekProps) {
  const reference = referenceOf(relation, column)
  const anchor = useRef(at)
  anchor.current = at
  if (reference === undefined) return null
  const filters = filtersOf(relation, row, reference)
  const { schema, name } = reference.table
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={`Row of ${name}`}
          className="z-40 flex max-h-80 w-96 max-w-[calc(100vw-1rem)] flex-col gap-2 overflow-y-auto rounded-md border border-line bg-raised p-3 text-sm shadow-lg"
        >
          <Referenced table={reference.table} filters={filters} as={as} />
          <Link
            to="/table-editor/$schema/$table"
            params={{ schema, table: name }}
            search={{ filters: [...filters] }}
            className="text-brand underline"
          >
            Open in {name}
          </Link>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface ReferencedProps {
  readonly table: Reference['table']
  readonly filters: readonly RowFilter[]
  readonly as: object | null
}

function Referenced({ table, filters, as }: ReferencedProps) {
  const start = { from: 'start', offset: 0, limit: 1 } as const
  const { data, error, isPending } = useQuery({
    queryKey: ['rows', 'referenced', table, filters, as],
    queryFn: ({ signal }) => fetchPage({ table, filters, sort: [], as }, start, signal),
  })
  if (isPending) return <Loading />
  if (error !== null) return <RefusalNote error={error} />
  const [row] = data.rows
  if (row === undefined) return <p>No such row of {table.name} can be seen with these eyes.</p>
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
      {data.columns.map(({ name }, index) => (
        <div key={name} className="contents">
          <dt className="text-quiet">{name}</dt>
          <dd className="truncate font-mono text-xs leading-5">{row.cells[index] ?? 'NULL'}</dd>
        </div>
      ))}
    </dl>
  )
}

function filtersOf(relation: Relation, row: Row, { columns, to }: Reference): readonly RowFilter[] {
  return columns.map((name, index) => {
    const value = row.cells[relation.columns.findIndex((column) => column.name === name)] ?? ''
    return { column: to[index] ?? '', operator: '=' as const, value }
  })
}
