// A form at the side: Enter and its one button send it.

import { type ReactNode, useId } from 'react'

import { Button } from '../button.tsx'
import { Sheet, SheetCancel } from './panel.tsx'

interface FormSheetProps {
  readonly title: string
  readonly description?: string
  /** What the button says. */
  readonly action: string
  /** Something was typed, which closing would lose. */
  readonly dirty: boolean
  readonly busy: boolean
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** An open sheet; mount it to begin anew. What the browser itself would complain of is the caller's to say. */
export function FormSheet({ action, busy, onSubmit, onClose, children, ...sheet }: FormSheetProps) {
  const form = useId()
  return (
    <Sheet
      {...sheet}
      open
      onClose={onClose}
      footer={
        <>
          <SheetCancel />
          <Button variant="primary" type="submit" form={form} busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {children}
      </form>
    </Sheet>
  )
}
