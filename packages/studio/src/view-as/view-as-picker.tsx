// Says whose eyes a screen looks through, and changes it. Whoever is not the owner sees so at once, with one click back.

import { Eye, UserRound, X } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../ui/button.tsx'
import { OWNER } from './owner.ts'
import { useViewAs, setViewAs } from './view-as.ts'
import { ViewAsDialog } from './view-as-dialog.tsx'

/** For the head of a screen whose rows depend on who looks. */
export function ViewAsPicker() {
  const viewAs = useViewAs()
  const [open, setOpen] = useState(false)
  return (
    <>
      <div className="flex min-w-0 items-center">
        <Button
          onClick={() => setOpen(true)}
          aria-haspopup="dialog"
          aria-label={`${viewAs === null ? 'Role:' : 'Viewing as'} ${viewAs?.label ?? OWNER}. Change whose eyes to look through`}
          className={
            viewAs === null
              ? 'min-w-0 shrink'
              : 'min-w-0 shrink rounded-r-none border-warning bg-warning-soft text-warning hover:bg-warning-soft'
          }
        >
          {viewAs === null ? <UserRound aria-hidden /> : <Eye aria-hidden />}
          <span className="truncate">
            {viewAs === null ? 'Role:' : 'Viewing as'} <strong>{viewAs?.label ?? OWNER}</strong>
          </span>
        </Button>
        {viewAs !== null && (
          <Button
            className="rounded-l-none border-l-0 border-warning bg-warning-soft px-2 text-warning hover:bg-warning-soft"
            aria-label="Back to postgres (owner)"
            title="Back to postgres (owner)"
            onClick={() => setViewAs(null)}
          >
            <X aria-hidden />
          </Button>
        )}
      </div>
      <ViewAsDialog open={open} onClose={() => setOpen(false)} />
    </>
  )
}
