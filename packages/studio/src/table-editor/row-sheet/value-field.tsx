// One column of a row's form.

import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/form/field.tsx'
import { isJson, ValueControl } from '../grid/editing/value-control.tsx'
import type { Column } from '../rows/relation.ts'
import { type DraftValue, takesValue, withoutValue } from './draft.ts'

interface ValueFieldProps {
  readonly column: Column
  readonly value: DraftValue
  readonly isNew: boolean
  readonly error: string | undefined
  readonly readOnly: boolean
  readonly onChange: (value: DraftValue) => void
  readonly onSave: () => void
}

export function ValueField({ column, value, isNew, error, readOnly, onChange, onSave }: ValueFieldProps) {
  const fixed = readOnly || !takesValue(column)
  return (
    <Field
      label={
        <>
          {column.name} <span className="text-xs font-normal text-quiet">{column.type}</span>
        </>
      }
      error={error}
      {...hintOf(column, value)}
    >
      {fixed || isUnsaid(column, value, isNew) ? (
        <Unsaid column={column} value={value} isNew={isNew} fixed={fixed} onChange={onChange} />
      ) : (
        <>
          <ValueControl
            column={column}
            value={value.kind === 'text' ? value.text : ''}
            onChange={(text) => onChange(typed(column, text, isNew))}
            onSave={onSave}
          />
          <Instead column={column} value={value} isNew={isNew} onChange={onChange} />
        </>
      )}
    </Field>
  )
}

type Part = Pick<ValueFieldProps, 'column' | 'value' | 'isNew' | 'onChange'>

/** In place of the control: what the column gets, and the way to a value. */
function Unsaid({ column, value, isNew, fixed, onChange }: Part & { readonly fixed: boolean }) {
  return (
    <div className="flex min-h-9 flex-wrap items-center gap-2 rounded-md border border-line bg-sunken px-2.5 py-1 text-sm">
      <span className="min-w-0 flex-1 break-all text-quiet italic">{saidOf(column, value)}</span>
      {!fixed && (
        <>
          <Button
            size="sm"
            aria-label={`Enter a value for ${column.name}`}
            onClick={() => onChange({ kind: 'text', text: '' })}
          >
            Enter a value
          </Button>
          <Instead column={column} value={value} isNew={isNew} onChange={onChange} />
        </>
      )}
    </div>
  )
}

function Instead({ column, value, isNew, onChange }: Part) {
  const hasDefault = isNew || column.default !== null || column.given === 'identity'
  return (
    <span className="flex gap-1.5">
      {column.nullable && value.kind !== 'null' && (
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Set ${column.name} to NULL`}
          onClick={() => onChange({ kind: 'null' })}
        >
          NULL
        </Button>
      )}
      {hasDefault && value.kind !== 'default' && (
        <Button
          size="sm"
          variant="ghost"
          aria-label={`Set ${column.name} to its default`}
          onClick={() => onChange({ kind: 'default' })}
        >
          Default
        </Button>
      )}
    </span>
  )
}

function saidOf(column: Column, value: DraftValue): string {
  if (value.kind === 'text') return value.text
  if (value.kind === 'null') return 'NULL'
  return withoutValue(column) ?? 'Needs a value'
}

/** A new row's field waits for a value; an editor for JSON is only made for who wants one. */
function isUnsaid(column: Column, value: DraftValue, isNew: boolean): boolean {
  return value.kind === 'null' || (value.kind === 'default' && (!isNew || isJson(column)))
}

/** What is emptied again gets its default again, but for text, which may be empty. */
function typed({ category }: Column, text: string, isNew: boolean): DraftValue {
  return text === '' && isNew && category !== 'S' ? { kind: 'default' } : { kind: 'text', text }
}

function hintOf(column: Column, value: DraftValue): { hint?: string } {
  const without = value.kind === 'default' && takesValue(column) ? withoutValue(column) : null
  const parts = [column.comment, without === null ? null : `Left alone: ${without}`]
  const hint = parts.filter((part) => part !== null && part !== '').join(' · ')
  return hint === '' ? {} : { hint }
}
