// Deleting a table: its name is typed first, and what depends on it is told.

import { DropConfirm } from '../drop-confirm.tsx'
import { pathOf, type TableKind } from './table.ts'

interface DropTableProps {
  readonly table: { readonly schema: string; readonly name: string; readonly kind: TableKind }
  readonly onDropped?: () => void
  readonly onClose: () => void
}

/** Said of each kind. */
const words: Readonly<Record<TableKind, string>> = {
  table: 'table',
  'partitioned-table': 'table',
  view: 'view',
  'materialized-view': 'materialized view',
  'foreign-table': 'foreign table',
}

export function kindText(kind: TableKind): string {
  return kind === 'partitioned-table' ? 'partitioned table' : words[kind]
}

export function DropTable({ table, onDropped, onClose }: DropTableProps) {
  const word = words[table.kind]
  return (
    <DropConfirm
      title={`Delete ${word} ${table.name}?`}
      body={`The ${word} ${table.schema}.${table.name} goes with everything in it. This cannot be taken back.`}
      action={`Delete ${word}`}
      typed={table.name}
      path={pathOf(table)}
      further={{ search: '?cascade=true', action: 'Delete it with all of these' }}
      done={`The ${word} ${table.name} was deleted.`}
      {...(onDropped !== undefined && { onDone: onDropped })}
      onClose={onClose}
    />
  )
}
