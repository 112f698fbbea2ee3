// The way from a table of the diagram to its rows.

import { Link } from '@tanstack/react-router'

import type { DiagramTable } from './diagram.ts'

interface TableLinkProps {
  readonly table: DiagramTable
  readonly className: string
}

export function TableLink({ table: { schema, name }, className }: TableLinkProps) {
  return (
    <Link to="/table-editor/$schema/$table" params={{ schema, table: name }} className={className}>
      {name}
    </Link>
  )
}
