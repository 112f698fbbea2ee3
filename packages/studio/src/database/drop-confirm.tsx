// Dropping something: what depends on it is told first, and goes with it only after a second yes.

import { useState } from 'react'

import { RequestRefused } from '../api/request.ts'
import { RefusalNote } from '../ui/display/refusal-note.tsx'
import { Confirm } from '../ui/overlay/confirm.tsx'
import { toast } from '../ui/overlay/toast.tsx'
import { usePlatformChange } from '../api/platform.ts'

interface DropConfirmProps {
  /** `Drop function requesting_user_id?` */
  readonly title: string
  readonly body?: string
  readonly action: string
  /** What has to be typed first, such as the name of what will be lost. */
  readonly typed?: string
  /** Where a DELETE goes. */
  readonly path: string
  /** What to add where everything that depends on it may go, and the button's words for it. */
  readonly further?: { readonly search: string; readonly action: string }
  /** A sentence for when it is done. */
  readonly done: string
  readonly onDone?: () => void
  readonly onClose: () => void
}

/** Ours, and Postgres' own (2BP01). */
const dependants = new Set(['platform.dependants', '2BP01'])

/** A question that asks again, with the list, where the server tells of dependants. */
export function DropConfirm(props: DropConfirmProps) {
  const { title, body, action, typed, path, further, done, onDone, onClose } = props
  const [all, setAll] = useState(false)
  const drop = usePlatformChange((search: string) => ({ method: 'DELETE', path: `${path}${search}` }))
  const confirm = () =>
    drop.mutate(all && further !== undefined ? further.search : '', {
      onSuccess: () => {
        toast.good(done)
        onDone?.()
        onClose()
      },
      onError: (error) => setAll(error instanceof RequestRefused && dependants.has(error.code)),
    })
  return (
    <Confirm
      open
      title={title}
      body={
        <div className="flex flex-col gap-2">
          {body !== undefined && <p>{body}</p>}
          <RefusalNote error={drop.error} />
        </div>
      }
      action={all && further !== undefined ? further.action : action}
      danger
      {...(typed !== undefined && { typed })}
      busy={drop.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  )
}
