// A person of a built-in Clerk instance, with the claims that her session token would carry.

import { useMutation } from '@tanstack/react-query'
import { type SyntheticEvent, useDeferredValue, useState } from 'react'

import { useInstances } from '../../api/clerk/instances.ts'
import { type ClerkUser, usePeople } from '../../api/clerk/people.ts'
import { Button } from '../../ui/button.tsx'
import { Empty, Loading } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Field } from '../../ui/form/field.tsx'
import { Input } from '../../ui/form/input.tsx'
import { Select } from '../../ui/form/select.tsx'
import { identityOf } from './clerk-session.ts'
import { SessionFields, type SessionChoice, usualSession } from './session-fields.tsx'
import { UserList } from './user-list.tsx'
import type { ViewAs } from '../view-as.ts'

/** Search, choose, say how she is signed in. */
export function ClerkUserForm({ onChoose }: { readonly onChoose: (identity: ViewAs) => void }) {
  const instances = useInstances()
  const [chosenInstance, setInstance] = useState<string | null>(null)
  const instance = chosenInstance ?? instances.data?.[0]?.name ?? null
  const [search, setSearch] = useState('')
  const users = usePeople(instance, { search: useDeferredValue(search), most: 20 })
  const [user, setUser] = useState<ClerkUser | null>(null)
  const [session, setSession] = useState<SessionChoice>(usualSession)
  const identity = useMutation({ mutationFn: identityOf, onSuccess: onChoose })
  const chooseUser = (next: ClerkUser) => {
    setUser(next)
    setSession(usualSession)
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (instance !== null && user !== null) identity.mutate({ instance, user, ...session })
  }

  if (instances.isPending) return <Loading label="Asking for Clerk instances" />
  if (instances.error !== null) return <RefusalNote error={instances.error} />
  return (
    <form className="flex flex-col gap-4" onSubmit={submit} noValidate>
      {instances.data.length > 1 && instance !== null && (
        <Field label="Instance">
          <Select
            value={instance}
            onChange={(next) => {
              setInstance(next)
              setUser(null)
            }}
            options={instances.data.map(({ name }) => ({ value: name, label: name }))}
          />
        </Field>
      )}
      <Field label="Search users" hint="By e-mail address, name, user name or id.">
        <Input type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
      </Field>
      <RefusalNote error={users.error} />
      {users.data?.length === 0 && (
        <Empty title={search === '' ? 'This instance has no users yet' : 'Nobody is found by this'} />
      )}
      <UserList users={users.data ?? []} chosen={user} onChoose={chooseUser} />
      {user !== null && <SessionFields instance={instance} user={user} value={session} onChange={setSession} />}
      <RefusalNote error={identity.error} />
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={user === null} busy={identity.isPending}>
          View as this user
        </Button>
      </div>
    </form>
  )
}
