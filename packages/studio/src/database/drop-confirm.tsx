// Dropping something: what depends on it is told first, and goes with it only after a second yes.

import { useState } from 'react'

import { RequestRefused } from '../api/request.ts'
import { RefusalNote } from '../ui/display/refusal-note.tsx'
import { Confirm } from '../ui/overlay/confirm.tsx'
import { toast } from '../ui/overlay/toast.tsx'
import { useDatabaseChange } from './ask.ts'

interface DropConfirmProps {
  /** `Drop function requesting_user_id?` */
  readonly title: string
  readonly body?: string
  readonly action: string
  /** Where a DELETE goes. */
  readonly path: string
  /** What to add where everything that depends on it may go, and the button's words for it. */
  readonly further?: { readonly search: string; readonly action: string }
  /** A sentence for when it is done. */
  readonly done: string
  readonly onClose: () => void
}

/** A question that asks again, with the list, where the server tells of dependants. */
export function DropConfirm({ title, body, action, path, further, done, onClose }: DropConfirmProps) {
  const [all, setAll] = useState(false)
  const drop = useDatabaseChange((search: string) => ({ method: 'DELETE', path: `${path}${search}` }))
  const confirm = () =>
    drop.mutate(all && further !== undefined ? further.search : '', {
      onSuccess: () => {
        toast.good(done)
        onClose()
      },
      onError: (error) => setAll(error instanceof RequestRefused && error.code === 'platform.dependants'),
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
      busy={drop.isPending}
      onConfirm={confirm}
      onClose={onClose}
    />
  )
}
