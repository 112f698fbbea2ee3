// What is done to a user: banned, locked, impersonated, deleted.

import { useState } from 'react'

import { Button } from '../../../ui/button.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Confirm } from '../../../ui/overlay/confirm.tsx'
import { Menu } from '../../../ui/overlay/menu.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { useClerkChange } from '../../api/clerk-request.ts'
import { useGo } from '../../parts/within-instance.tsx'
import { ImpersonateDialog } from './impersonate-dialog.tsx'
import { nameOfUser, primaryEmailOf, type User } from './user.ts'

const deeds = {
  ban: { label: 'Ban user', body: 'Her sessions end, and she cannot sign in until the ban is lifted.' },
  unban: { label: 'Unban user', body: 'She may sign in again.' },
  lock: { label: 'Lock user', body: 'She cannot sign in until the lock runs out or is lifted. Her sessions go on.' },
  unlock: { label: 'Unlock user', body: 'She may sign in again at once.' },
} as const

type Deed = keyof typeof deeds
type Asking = Deed | 'delete' | 'impersonate' | null

export function UserActions({ user }: { readonly user: User }) {
  const [asking, setAsking] = useState<Asking>(null)
  const close = () => setAsking(null)
  const ask = (deed: Deed) => ({ label: deeds[deed].label, onSelect: () => setAsking(deed) })
  return (
    <>
      <Button onClick={() => setAsking('impersonate')}>Impersonate</Button>
      <Menu
        label="Actions"
        items={[
          ask(user.banned ? 'unban' : 'ban'),
          ask(user.locked ? 'unlock' : 'lock'),
          { label: 'Delete user', danger: true, apart: true, onSelect: () => setAsking('delete') },
        ]}
      />
      {asking === 'impersonate' && <ImpersonateDialog user={user} onClose={close} />}
      {asking === 'delete' && <DeleteUser user={user} onClose={close} />}
      {asking !== null && asking !== 'impersonate' && asking !== 'delete' && (
        <ConfirmDeed deed={asking} user={user} onClose={close} />
      )}
    </>
  )
}

interface AboutUserProps {
  readonly user: User
  readonly onClose: () => void
}

function ConfirmDeed({ deed, user, onClose }: AboutUserProps & { readonly deed: Deed }) {
  const { label, body } = deeds[deed]
  const run = useClerkChange<void>(() => ({ method: 'POST', path: `/users/${user.id}/${deed}` }))
  return (
    <Confirm
      open
      title={`${label}: ${nameOfUser(user)}?`}
      body={
        <>
          <p>{body}</p>
          <RefusalNote error={run.error} />
        </>
      }
      action={label}
      danger={deed === 'ban' || deed === 'lock'}
      busy={run.isPending}
      onClose={onClose}
      onConfirm={() =>
        run.mutate(undefined, {
          onSuccess: () => {
            onClose()
            toast.good(`Done: ${label.toLowerCase()}.`)
          },
        })
      }
    />
  )
}

function DeleteUser({ user, onClose }: AboutUserProps) {
  const go = useGo()
  const remove = useClerkChange<void>(() => ({ method: 'DELETE', path: `/users/${user.id}` }), { leaves: true })
  return (
    <Confirm
      open
      title={`Delete ${nameOfUser(user)}?`}
      body={
        <>
          <p>Her account, sessions and memberships go. Rows in your tables that carry her id stay.</p>
          <RefusalNote error={remove.error} />
        </>
      }
      typed={primaryEmailOf(user) ?? user.username ?? user.id}
      action="Delete user"
      danger
      busy={remove.isPending}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(undefined, {
          onSuccess: () => {
            toast.good(`${nameOfUser(user)} was deleted.`)
            go('/users')
          },
        })
      }
    />
  )
}
