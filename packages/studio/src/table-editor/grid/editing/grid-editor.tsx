// The editor over the cell that is being changed, and where one goes from it.

import { type RefObject, useRef } from 'react'

import { type CellPlace, moveCell, nextCell } from '../move-cell.ts'
import { cellId } from '../drawn/grid-row.tsx'
import type { useCellEdit } from './cell-edit.ts'
import { CellEditor, type Onward } from './cell-editor.tsx'

interface GridEditorProps {
  readonly box: RefObject<HTMLDivElement | null>
  readonly editing: ReturnType<typeof useCellEdit>
  readonly size: { readonly rows: number; readonly columns: number; readonly page: number }
  readonly onGo: (place: CellPlace) => void
  readonly width: number
}

/** Stays open, over the place where the cell was, even where that has scrolled away. */
export function GridEditor({ box, editing, size, onGo, width }: GridEditorProps) {
  const { edit } = editing
  const anchor = useRef({ getBoundingClientRect: () => new DOMRect() })
  if (edit === null) return null
  const { place } = edit
  anchor.current.getBoundingClientRect = () => {
    const cell = document.querySelector(`#${cellId(place.row, place.column)}`)
    return (cell ?? box.current)?.getBoundingClientRect() ?? new DOMRect()
  }
  const leave = (): void => box.current?.focus({ preventScroll: true })
  const onSave = async (value: Parameters<typeof editing.save>[0], onward: Onward): Promise<void> => {
    if (!(await editing.save(value))) return
    leave()
    onGo(onwardFrom(place, onward, size))
  }
  return (
    <CellEditor
      key={cellId(place.row, place.column)}
      edit={edit}
      anchor={anchor}
      width={width}
      onType={editing.type}
      onSave={(value, onward) => void onSave(value, onward)}
      onCancel={() => {
        editing.cancel()
        leave()
      }}
    />
  )
}

function onwardFrom(place: CellPlace, onward: Onward, size: GridEditorProps['size']): CellPlace {
  if (onward === 'down') return moveCell(place, { key: 'ArrowDown', ctrl: false }, size) ?? place
  return onward === 'stay' ? place : nextCell(place, onward === 'back', size)
}
