// What can be done with a table that exists, beside changing it.

import { Copy, Trash2 } from 'lucide-react'
import { useState } from 'react'

import { DropTable } from '../drop-table.tsx'
import { DuplicateTable } from '../duplicate-table.tsx'
import type { TableDetail } from '../table.ts'
import { Button } from '../../../ui/button.tsx'

interface TableActionsProps {
  readonly table: TableDetail
  /** With the copy's name. */
  readonly onDuplicated: (name: string) => void
  readonly onDropped: () => void
}

export function TableActions({ table, onDuplicated, onDropped }: TableActionsProps) {
  const [asked, setAsked] = useState<'duplicate' | 'drop' | null>(null)
  const close = () => setAsked(null)
  return (
    <section className="flex flex-wrap gap-2 border-t border-line pt-4" aria-label="The whole table">
      <Button onClick={() => setAsked('duplicate')}>
        <Copy aria-hidden />
        Duplicate table
      </Button>
      <Button className="text-danger" onClick={() => setAsked('drop')}>
        <Trash2 aria-hidden />
        Delete table
      </Button>
      {asked === 'duplicate' && <DuplicateTable table={table} onDone={onDuplicated} onClose={close} />}
      {asked === 'drop' && <DropTable table={table} onDropped={onDropped} onClose={close} />}
    </section>
  )
}
