// A form at the side: Enter and its one button send it.

import type { ReactNode } from 'react'

import { Button } from '../../ui/button.tsx'
import { Sheet, SheetCancel } from '../../ui/overlay/panel.tsx'

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

/** An open sheet; mount it to begin anew. */
export function FormSheet({ action, busy, onSubmit, onClose, children, ...sheet }: FormSheetProps) {
  return (
    <Sheet
      {...sheet}
      open
      onClose={onClose}
      footer={
        <>
          <SheetCancel />
          <Button variant="primary" busy={busy} onClick={onSubmit}>
            {action}
          </Button>
        </>
      }
    >
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
      >
        {children}
        <button type="submit" hidden />
      </form>
    </Sheet>
  )
}
