// The editor of one cell, over it: as wide as it needs to be, with what else the value can become.

import { Popover } from 'radix-ui'
import { type KeyboardEvent, type RefObject, useRef } from 'react'

import { Button } from '../../../ui/button.tsx'
import { Loading } from '../../../ui/display/page.tsx'
import type { CellEdit, NewValue } from './cell-edit.ts'
import { ValueControl } from './value-control.tsx'

/** Where one goes after saving. */
export type Onward = 'stay' | 'down' | 'next' | 'back'

interface CellEditorProps {
  readonly edit: CellEdit
  readonly anchor: RefObject<{ getBoundingClientRect(): DOMRect }>
  readonly width: number
  readonly onType: (text: string) => void
  readonly onSave: (value: NewValue, onward: Onward) => void
  readonly onCancel: () => void
}

export function CellEditor({ edit, anchor, width, onType, onSave, onCancel }: CellEditorProps) {
  const content = useRef<HTMLDivElement>(null)
  const { column, text, loading, busy, error } = edit
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const onward = onwardOf(event)
    if (onward === null) return
    event.preventDefault()
    onSave({ text }, onward)
  }
  return (
    <Popover.Root open onOpenChange={(open) => !open && onCancel()}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          ref={content}
          align="start"
          side="bottom"
          sideOffset={-32}
          collisionPadding={8}
          aria-label={`Change ${column.name}`}
          onPointerDownOutside={(event) => {
            event.preventDefault()
            onSave({ text }, 'stay')
          }}
          onFocusOutside={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onKeyDown={(event) => onShortcut(event, edit, onSave)}
          className="z-40 flex max-w-[calc(100vw-1rem)] flex-col gap-2 rounded-md border border-focus bg-raised p-2 shadow-lg"
          style={{ width: Math.max(width, 320) }}
        >
          {loading && error === null ? (
            <Loading label="Reading the whole value" />
          ) : (
            <ValueControl
              column={column}
              value={text}
              onChange={onType}
              onKeyDown={onKeyDown}
              onSave={(whole) => onSave({ text: whole }, 'stay')}
              autoFocus
            />
          )}
          <Trouble edit={edit} error={error} />
          <div className="flex flex-wrap items-center gap-1.5">
            <Button size="sm" variant="primary" busy={busy} onClick={() => onSave({ text }, 'stay')}>
              Save
            </Button>
            <Button size="sm" onClick={onCancel}>
              Cancel
            </Button>
            <Otherwise edit={edit} onSave={onSave} />
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Trouble({ edit: { theirs }, error }: { readonly edit: CellEdit; readonly error: string | null }) {
  if (error === null) return null
  return (
    <div role="alert" className="rounded bg-danger-soft px-2 py-1 text-xs break-words text-danger">
      <p>{error}</p>
      {theirs !== null && (
        <p>
          It is now <strong className="font-mono">{theirs.value ?? 'NULL'}</strong>. Save writes yours over it, Cancel
          keeps it.
        </p>
      )}
    </div>
  )
}

interface OtherwiseProps {
  readonly edit: CellEdit
  readonly onSave: (value: NewValue, onward: Onward) => void
}

function Otherwise({ edit: { column, busy }, onSave }: OtherwiseProps) {
  return (
    <span className="ml-auto flex gap-1.5">
      {column.nullable && (
        <Button size="sm" variant="ghost" disabled={busy} title="Alt+N" onClick={() => onSave({ text: null }, 'stay')}>
          Set NULL
        </Button>
      )}
      {(column.default !== null || column.given === 'identity') && (
        <Button size="sm" variant="ghost" disabled={busy} title="Alt+D" onClick={() => onSave('default', 'stay')}>
          Set default
        </Button>
      )}
    </span>
  )
}

function onwardOf({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): Onward | null {
  if (altKey) return null
  if (key === 'Enter' && (ctrlKey || metaKey)) return 'stay'
  if (key === 'Enter' && !shiftKey) return 'down'
  if (key !== 'Tab') return null
  return shiftKey ? 'back' : 'next'
}

function onShortcut(event: KeyboardEvent, { column }: CellEdit, onSave: OtherwiseProps['onSave']): void {
  if (!event.altKey) return
  const letter = event.key.toLowerCase()
  if (letter === 'n' && column.nullable) onSave({ text: null }, 'stay')
  else if (letter === 'd' && column.default !== null) onSave('default', 'stay')
  else return
  event.preventDefault()
}
