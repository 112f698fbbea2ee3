// A user's password: set another, or take it away.

import { useState } from 'react'

import { Button } from '../../../../ui/button.tsx'
import { Badge } from '../../../../ui/display/badge.tsx'
import { Card } from '../../../../ui/display/page.tsx'
import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { Field } from '../../../../ui/form/field.tsx'
import { Input } from '../../../../ui/form/input.tsx'
import { Checkbox } from '../../../../ui/form/toggle.tsx'
import { KeepTyped } from '../../../../ui/overlay/keep-typed.tsx'
import { toast } from '../../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../../api/clerk-request.ts'
import type { User } from '../user.ts'

export function PasswordCard({ user }: { readonly user: User }) {
  const [password, setPassword] = useState('')
  const [signOut, setSignOut] = useState(true)
  const save = useClerkChange<void>(() => ({
    method: 'PATCH',
    path: `/users/${user.id}`,
    body: { password, sign_out_of_other_sessions: signOut },
  }))
  const submit = () =>
    save.mutate(undefined, {
      onSuccess: () => {
        setPassword('')
        toast.good('The password was set.')
      },
    })
  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          Password <Badge>{user.password_enabled ? 'Set' : 'None'}</Badge>
        </span>
      }
      actions={user.password_enabled && <RemovePassword userId={user.id} />}
    >
      <form
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (password !== '') submit()
        }}
      >
        <Field label="New password" error={complaintAt(save.error, 'password')}>
          <Input
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            className="sm:w-72"
          />
        </Field>
        <Checkbox label="Sign out of all sessions" checked={signOut} onChange={setSignOut} />
        <KeepTyped dirty={password !== ''} />
        <RefusalNote error={complaintBeside(save.error, 'password')} />
        <div>
          <Button type="submit" disabled={password === ''} busy={save.isPending}>
            Set password
          </Button>
        </div>
      </form>
    </Card>
  )
}

function RemovePassword({ userId }: { readonly userId: string }) {
  const remove = useClerkChange<void>(() => ({ method: 'POST', path: `/users/${userId}/remove_password`, body: {} }))
  return (
    <>
      <RefusalNote error={remove.error} />
      <Button
        size="sm"
        busy={remove.isPending}
        onClick={() => remove.mutate(undefined, { onSuccess: () => toast.good('The password was removed.') })}
      >
        Remove password
      </Button>
    </>
  )
}
