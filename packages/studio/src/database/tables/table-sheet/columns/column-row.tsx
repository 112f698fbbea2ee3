// One column: its name, type, default and place in the primary key, and the way to everything else about it.

import { KeyRound, X } from 'lucide-react'

import { Button } from '../../../../ui/button.tsx'
import { Input } from '../../../../ui/form/input.tsx'
import { Checkbox } from '../../../../ui/form/toggle.tsx'
import type { ColumnProblems } from '../form/problems.ts'
import type { ColumnForm } from '../form/table-form.ts'
import { ColumnSettings } from './column-settings.tsx'
import { DefaultInput } from './default-input.tsx'
import { summaryOf } from './summary.ts'
import { TypePicker } from './type-picker.tsx'

interface ColumnRowProps {
  /** Counted from one. */
  readonly place: number
  readonly column: ColumnForm
  readonly problems: ColumnProblems | undefined
  readonly onChange: (column: ColumnForm) => void
  readonly onRemove: () => void
  /** Null where it cannot move there. */
  readonly onUp: (() => void) | null
  readonly onDown: (() => void) | null
}

export function ColumnRow({ place, column, problems, onChange, onRemove, onUp, onDown }: ColumnRowProps) {
  const change = (part: Partial<ColumnForm>) => onChange({ ...column, ...part })
  const noteId = `note-${column.key}`
  const note = problems === undefined ? undefined : [problems.name, problems.type].filter(Boolean).join('. ')
  return (
    <div role="group" aria-label={`Column ${place}`} className="rounded-md border border-line p-2">
      <div className="flex items-start gap-2">
        <div className="grid min-w-0 flex-1 grid-cols-1 gap-2 sm:grid-cols-[3fr_2.5fr_3fr_3.5rem]">
          <Input
            aria-label="Name"
            placeholder="column_name"
            className="font-mono"
            value={column.name}
            onChange={(event) => change({ name: event.target.value })}
            aria-invalid={problems?.name === undefined ? undefined : true}
            aria-describedby={note === undefined ? undefined : noteId}
          />
          <TypePicker value={column.type} onChange={(type) => change(withType(column, type))} />
          <DefaultInput column={column} onChange={change} />
          <PrimaryBox column={column} onChange={change} />
        </div>
        <ColumnSettings column={column} onChange={change} onUp={onUp} onDown={onDown} />
        <Button variant="ghost" size="icon" aria-label={`Remove column ${place}`} onClick={onRemove}>
          <X aria-hidden />
        </Button>
      </div>
      {note !== undefined && (
        <p id={noteId} className="mt-1 text-xs text-danger">
          {note}
        </p>
      )}
      <Summary column={column} />
    </div>
  )
}

interface PrimaryBoxProps {
  readonly column: ColumnForm
  readonly onChange: (part: Partial<ColumnForm>) => void
}

function PrimaryBox({ column, onChange }: PrimaryBoxProps) {
  return (
    <div className="flex h-9 items-center gap-1.5 sm:justify-center">
      <Checkbox
        label="Primary"
        hideLabel
        checked={column.primaryKey}
        onChange={(primaryKey) => onChange({ primaryKey, ...(primaryKey && { nullable: false }) })}
      />
      <span aria-hidden className="text-sm sm:hidden">
        Primary
      </span>
      {column.primaryKey && <KeyRound className="size-3.5 text-brand" aria-hidden />}
    </div>
  )
}

/** A type that cannot count loses its identity. */
function withType(column: ColumnForm, type: string): Partial<ColumnForm> {
  return { type, ...(!/^(int|small|big)/i.test(type) && column.identity !== null && { identity: null }) }
}

function Summary({ column }: { readonly column: ColumnForm }) {
  const told = summaryOf(column)
  return told === '' ? null : <p className="mt-1 text-xs text-quiet">{told}</p>
}
