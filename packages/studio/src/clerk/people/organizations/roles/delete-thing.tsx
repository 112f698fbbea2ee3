// Asks before a role or a permission is deleted, and says why where it is refused.

import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { Confirm } from '../../../../ui/overlay/confirm.tsx'
import { toast } from '../../../../ui/overlay/toast.tsx'
import { useClerkChange } from '../../../api/clerk-request.ts'

interface DeleteThingProps {
  readonly kind: 'role' | 'permission'
  readonly name: string
  /** Of the thing, below `/v1`. */
  readonly path: string
  readonly body: string
  readonly onClose: () => void
}

/** An open question; mount it to ask. */
export function DeleteThing({ kind, name, path, body, onClose }: DeleteThingProps) {
  const remove = useClerkChange<void>(() => ({ method: 'DELETE', path }))
  const submit = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        toast.good(`${name} was deleted.`)
        onClose()
      },
    })
  return (
    <Confirm
      open
      title={`Delete the ${kind} ${name}?`}
      body={
        <div className="flex flex-col gap-3">
          <p>{body}</p>
          <RefusalNote error={remove.error} />
        </div>
      }
      action={`Delete ${kind}`}
      danger
      busy={remove.isPending}
      onConfirm={submit}
      onClose={onClose}
    />
  )
}
