// The control that a value of a type is typed into.

import type { KeyboardEvent } from 'react'

import { CodeEditor } from '../../../ui/code-editor/code-editor.tsx'
import { Textarea } from '../../../ui/form/input.tsx'
import type { Column } from '../../rows/relation.ts'

interface ValueControlProps {
  readonly column: Column
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onKeyDown?: (event: KeyboardEvent<HTMLElement>) => void
  /** Ctrl+Enter. */
  readonly onSave?: (value: string) => void
  readonly autoFocus?: boolean
}

/** Choices for what has them, an editor for JSON, else text as Postgres reads it. */
export function ValueControl({ column, value, onChange, onKeyDown, onSave, autoFocus = false }: ValueControlProps) {
  const choices = choicesOf(column)
  if (choices !== null) {
    return (
      <select
        aria-label={column.name}
        autoFocus={autoFocus}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className="h-9 w-full rounded-md border border-line-strong bg-surface px-2 text-sm"
      >
        {!choices.includes(value) && <option value={value}>Choose</option>}
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    )
  }
  if (isJson(column)) {
    return (
      <CodeEditor
        language="json"
        label={column.name}
        value={value}
        onChange={onChange}
        onRun={(text) => onSave?.(text)}
        minLines={5}
        autoFocus={autoFocus}
      />
    )
  }
  return (
    <Textarea
      aria-label={column.name}
      ref={autoFocus ? focusAtEnd : undefined}
      rows={Math.min(12, Math.max(value.length > 60 ? 4 : 1, value.split('\n').length))}
      value={value}
      placeholder={exampleOf(column)}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={onKeyDown}
      className="resize-y font-mono"
    />
  )
}

/** Enter belongs to the editor of such a value. */
export function isJson({ base }: Column): boolean {
  return base === 'json' || base === 'jsonb'
}

/** What there is to choose from; null where anything may be typed. */
export function choicesOf({ base, category, choices }: Column): readonly string[] | null {
  if (base === 'bool') return ['true', 'false']
  return category === 'E' ? choices : null
}

function exampleOf({ base, category }: Column): string {
  if (base === 'date') return '2026-12-31'
  if (base === 'timestamptz') return '2026-12-31 18:30:00+01'
  if (base === 'timestamp') return '2026-12-31 18:30:00'
  if (base === 'time' || base === 'timetz') return '18:30:00'
  if (base === 'interval') return '1 day 02:30:00'
  if (base === 'uuid') return '00000000-0000-0000-0000-000000000000'
  return category === 'A' ? '{one,two}' : ''
}

/** Whoever begins by typing goes on behind what was typed. */
function focusAtEnd(element: HTMLTextAreaElement | null): void {
  element?.focus({ preventScroll: true })
  element?.setSelectionRange(element.value.length, element.value.length)
}
