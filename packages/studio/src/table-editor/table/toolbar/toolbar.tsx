// What can be done to the table as a whole.

import { Download, Plus, RefreshCw, Settings2, Upload } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Menu } from '../../../ui/overlay/menu.tsx'
import type { TableSearch } from '../../address.ts'
import { ExportProgress } from '../../csv/export-progress.tsx'
import { useExport } from '../../csv/use-export.ts'
import type { RowsAsked, Total } from '../../rows/window/page-request.ts'
import type { Relation } from '../../rows/relation.ts'
import { RowCount } from './row-count.tsx'

interface ToolbarProps {
  readonly relation: Relation
  readonly asked: RowsAsked
  readonly total: Total | null
  readonly onPanel: (panel: NonNullable<TableSearch['panel']>) => void
  readonly onRefresh: () => Promise<void>
  readonly onCount: () => Promise<unknown>
}

export function Toolbar({ relation, asked, total, onPanel, onRefresh, onCount }: ToolbarProps) {
  const exporting = useExport()
  const isTable = relation.kind === 'table' || relation.kind === 'partitioned'
  const filtered = asked.filters.length > 0
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line bg-surface px-3 py-2">
      {isTable && (
        <Menu
          label="Insert"
          variant="primary"
          size="sm"
          items={[
            { label: 'Insert row', icon: <Plus aria-hidden />, onSelect: () => onPanel('new-row') },
            { label: 'Import data from CSV', icon: <Upload aria-hidden />, onSelect: () => onPanel('import') },
          ]}
        />
      )}
      <Menu
        label="Export"
        size="sm"
        items={[
          {
            label: 'All rows as CSV',
            icon: <Download aria-hidden />,
            onSelect: () => void exporting.run({ ...asked, filters: [] }),
          },
          ...(filtered
            ? [
                {
                  label: 'Only these filters as CSV',
                  icon: <Download aria-hidden />,
                  onSelect: () => void exporting.run(asked),
                },
              ]
            : []),
        ]}
      />
      {isTable && (
        <Button size="sm" onClick={() => onPanel('edit-table')}>
          <Settings2 aria-hidden />
          Edit table
        </Button>
      )}
      <Refresh onRefresh={onRefresh} />
      <ExportProgress exporting={exporting} total={filtered ? null : total} />
      <RowCount total={total} onCount={onCount} />
    </div>
  )
}

function Refresh({ onRefresh }: { readonly onRefresh: () => Promise<void> }) {
  const [busy, setBusy] = useState(false)
  const refresh = async (): Promise<void> => {
    setBusy(true)
    try {
      await onRefresh()
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="sm" busy={busy} onClick={() => void refresh()}>
      {!busy && <RefreshCw aria-hidden />}
      Refresh
    </Button>
  )
}
