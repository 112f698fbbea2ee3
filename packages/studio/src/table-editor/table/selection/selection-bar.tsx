// What can be done to the rows that are chosen.

import { Trash2, X } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { copyText } from '../../../ui/display/copy-text.ts'
import { Confirm } from '../../../ui/overlay/confirm.tsx'
import { Menu } from '../../../ui/overlay/menu.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { counted } from '../../../ui/words/amounts.ts'
import type { Selection } from '../../grid/use-selection.ts'
import { nameOf, type Relation, type Row } from '../../rows/relation.ts'
import { deleteRows } from '../../rows/requests.ts'
import { sayRefusal } from '../../rows/say-refusal.ts'
import { wholeRow } from '../../rows/whole-row.ts'
import { copyAs, type CopyForm } from './copy-rows.ts'

interface SelectionBarProps {
  readonly relation: Relation
  readonly as: object | null
  readonly selection: Selection
  readonly onDeleted: () => Promise<void>
}

/** Nothing while no row is chosen. */
export function SelectionBar({ relation, as, selection, onDeleted }: SelectionBarProps) {
  const [asking, setAsking] = useState(false)
  const chosen = [...selection.rows.values()]
  if (chosen.length === 0) return null
  const number = counted(chosen.length, 'row')
  const remove = async (): Promise<void> => {
    setAsking(false)
    try {
      const deleted = await deleteRows(relation, chosen.map(nameOf), as)
      sayDeleted(deleted, chosen.length)
      selection.clear()
      await onDeleted()
    } catch (error) {
      toast.bad(sayRefusal(error))
    }
  }
  return (
    <div className="flex flex-wrap items-center gap-2 border-b border-line bg-brand-soft px-3 py-1.5 text-sm">
      <span role="status">{number} selected</span>
      <Button size="sm" variant="danger" onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
        Delete {number}
      </Button>
      <Menu
        label="Copy"
        size="sm"
        items={(['JSON', 'CSV', 'SQL'] as const).map((form) => ({
          label: `Copy as ${form}`,
          onSelect: () => void copy(form, relation, chosen, as),
        }))}
      />
      <Button size="sm" variant="ghost" onClick={() => selection.clear()}>
        <X aria-hidden />
        Clear
      </Button>
      <Confirm
        open={asking}
        title={`Delete ${number} of ${relation.name}?`}
        body="They cannot be brought back."
        action={`Delete ${number}`}
        danger
        onConfirm={() => void remove()}
        onClose={() => setAsking(false)}
      />
    </div>
  )
}

function sayDeleted(deleted: number, asked: number): void {
  if (deleted === asked) toast.good(`Deleted ${counted(deleted, 'row')}.`)
  else toast.bad(`Deleted ${deleted} of ${asked} rows. The others are gone already, or a policy keeps them.`)
}

async function copy(form: CopyForm, relation: Relation, rows: readonly Row[], as: object | null): Promise<void> {
  try {
    const whole = await Promise.all(rows.map(async (row) => await wholeRow(relation, row, as)))
    await copyText(copyAs(form, relation, whole), `Copied ${counted(rows.length, 'row')} as ${form}.`)
  } catch (error) {
    toast.bad(sayRefusal(error))
  }
}
