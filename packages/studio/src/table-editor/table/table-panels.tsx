// The panels over a table: a new row, a row that was opened, an import.

import { ImportSheet } from '../csv/import-sheet.tsx'
import type { TableSearch } from '../address.ts'
import { RowSheet } from '../row-sheet/row-sheet.tsx'
import type { Relation, Row } from '../rows/relation.ts'

interface TablePanelsProps {
  readonly relation: Relation
  readonly as: object | null
  readonly panel: NonNullable<TableSearch['panel']> | null
  readonly opened: { readonly row: Row; readonly index: number } | null
  readonly onClose: () => void
  readonly onRow: (index: number, row: Row) => void
  /** Rows were added: what is shown is no longer all. */
  readonly onAdded: () => Promise<void>
}

export function TablePanels({ relation, as, panel, opened, onClose, onRow, onAdded }: TablePanelsProps) {
  const added = (): void => {
    onClose()
    void onAdded()
  }
  if (opened !== null) {
    return (
      <RowSheet
        relation={relation}
        as={as}
        row={opened.row}
        onClose={onClose}
        onSaved={(row) => {
          if (row !== null) onRow(opened.index, row)
          onClose()
        }}
      />
    )
  }
  if (panel === 'new-row') {
    return <RowSheet relation={relation} as={as} row={null} onClose={onClose} onSaved={added} />
  }
  if (panel === 'import') return <ImportSheet relation={relation} as={as} onClose={onClose} onImported={added} />
  return null
}
