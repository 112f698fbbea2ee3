// A field that chooses one of the instance's users.

import { useState } from 'react'

import { Combobox } from '../../../ui/form/combobox.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { useClerk } from '../../api/clerk-request.ts'
import { nameOfUser, primaryEmailOf, type User } from './user.ts'

interface UserChoiceProps {
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
  /** The id of the user; empty for none. */
  readonly value: string
  readonly onChange: (userId: string) => void
}

/** Those whom a search finds by name, address or id; without one, those who joined last. */
export function UserChoice({ label, hint, error, value, onChange }: UserChoiceProps) {
  const [search, setSearch] = useState('')
  const found = new URLSearchParams({ limit: '50', ...(search.trim() !== '' && { query: search.trim() }) })
  const users = useClerk<readonly User[]>(`/users?${found.toString()}`)
  const nobody = search === '' && users.data?.length === 0 ? 'There is nobody yet: create a user first.' : undefined
  return (
    <Field label={label} hint={nobody ?? hint} error={error ?? users.error?.message}>
      <Combobox
        value={value}
        onChange={onChange}
        suggestions={(users.data ?? []).map((user) => ({
          value: user.id,
          label: nameOfUser(user),
          hint: primaryEmailOf(user) ?? user.id,
        }))}
        onSearch={setSearch}
        placeholder="Choose a user"
      />
    </Field>
  )
}
