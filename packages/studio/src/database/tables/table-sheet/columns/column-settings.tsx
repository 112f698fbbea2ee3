// Everything else about a column, behind the gear of its row.

import { ArrowDown, ArrowUp, Settings } from 'lucide-react'
import { Popover } from 'radix-ui'

import { Button } from '../../../../ui/button.tsx'
import { Field } from '../../../../ui/form/field.tsx'
import { Input } from '../../../../ui/form/input.tsx'
import { Select } from '../../../../ui/form/select.tsx'
import { Checkbox } from '../../../../ui/form/toggle.tsx'
import type { DefaultReading } from '../form/default-value.ts'
import type { ColumnForm } from '../form/table-form.ts'

interface ColumnSettingsProps {
  readonly column: ColumnForm
  readonly onChange: (part: Partial<ColumnForm>) => void
  readonly onUp: (() => void) | null
  readonly onDown: (() => void) | null
}

export function ColumnSettings(props: ColumnSettingsProps) {
  return (
    <Popover.Root modal>
      <Popover.Trigger asChild>
        <Button variant="ghost" size="icon" aria-label="Column settings">
          <Settings aria-hidden />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={4}
          aria-label="Column settings"
          className="z-50 flex max-h-(--radix-popover-content-available-height) w-80 max-w-[calc(100vw-2rem)] flex-col gap-3 overflow-y-auto rounded-md border border-line bg-raised p-4 shadow-lg"
        >
          <Switches {...props} />
          <Texts {...props} />
          <Moves {...props} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Switches({ column, onChange }: ColumnSettingsProps) {
  const counts = /^(int|small|big)/i.test(column.type)
  return (
    <>
      <Checkbox
        label="Is Nullable"
        hint="The column may be left empty"
        checked={column.nullable && !column.primaryKey}
        disabled={column.primaryKey || column.identity !== null}
        onChange={(nullable) => onChange({ nullable })}
      />
      <Checkbox
        label="Is Unique"
        hint="No two rows have the same value"
        checked={column.unique || column.primaryKey}
        disabled={column.primaryKey}
        onChange={(unique) => onChange({ unique })}
      />
      <Checkbox
        label="Is Identity"
        hint={counts ? 'Each new row gets the next number' : 'For whole numbers only'}
        checked={column.identity !== null}
        disabled={!counts || column.isArray}
        onChange={(is) =>
          onChange(is ? { identity: 'by default', defaultText: '', nullable: false } : { identity: null })
        }
      />
      <Checkbox
        label="Define as Array"
        hint="The column holds a list of values"
        checked={column.isArray}
        disabled={column.identity !== null}
        onChange={(isArray) => onChange({ isArray })}
      />
    </>
  )
}

const readings = [
  { value: 'auto', label: 'What it looks like' },
  { value: 'expression', label: 'SQL' },
  { value: 'literal', label: 'A plain value' },
] as const satisfies readonly { value: DefaultReading; label: string }[]

function Texts({ column, onChange }: ColumnSettingsProps) {
  return (
    <>
      <Field label="Check constraint" hint="A condition of every row, such as length(name) < 500" optional>
        <Input
          className="font-mono"
          value={column.check}
          disabled={column.generated}
          onChange={(event) => onChange({ check: event.target.value })}
        />
      </Field>
      {column.original !== null && !column.generated && (
        <Field label="Convert values with" hint="SQL for when the type changes and a cast will not do" optional>
          <Input
            className="font-mono"
            value={column.using}
            onChange={(event) => onChange({ using: event.target.value })}
          />
        </Field>
      )}
      <Field label="Description" optional>
        <Input value={column.comment} onChange={(event) => onChange({ comment: event.target.value })} />
      </Field>
      <Field label="The default is read as">
        <Select
          value={column.defaultReading}
          options={readings}
          disabled={column.identity !== null || column.generated}
          onChange={(defaultReading) => onChange({ defaultReading })}
        />
      </Field>
    </>
  )
}

function Moves({ onUp, onDown }: ColumnSettingsProps) {
  if (onUp === null && onDown === null) return null
  return (
    <div className="flex gap-2">
      <Button size="sm" disabled={onUp === null} onClick={() => onUp?.()}>
        <ArrowUp aria-hidden />
        Move up
      </Button>
      <Button size="sm" disabled={onDown === null} onClick={() => onDown?.()}>
        <ArrowDown aria-hidden />
        Move down
      </Button>
    </div>
  )
}
