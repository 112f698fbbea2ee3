// Who is in an organization, and in which role.

import { useState } from 'react'

import type { ClerkCall } from '../../../api/clerk/ask-clerk.ts'
import { Button } from '../../../ui/button.tsx'
import { type Column, DataTable } from '../../../ui/display/data-table.tsx'
import { Card, Empty, Loading } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { Field } from '../../../ui/form/field.tsx'
import { Select } from '../../../ui/form/select.tsx'
import { toast } from '../../../ui/overlay/toast.tsx'
import { complaintAt, complaintBeside, useClerkChange } from '../../api/clerk-request.ts'
import { Pages, usePagedList } from '../../parts/pages.tsx'
import { timeOf } from '../../../ui/words/time-of.ts'
import { ClerkLink } from '../../parts/within-instance.tsx'
import { UserChoice } from '../users/user-choice.tsx'
import { type Membership, nameOfMember, type Role } from './organization.ts'
import { useRoles } from './roles/use-roles.ts'

export function Members({ organizationId }: { readonly organizationId: string }) {
  const path = `/organizations/${organizationId}/memberships`
  const { rows, error, pages } = usePagedList<Membership>(path)
  const change = useClerkChange((call: ClerkCall) => call)
  const roles = useRoles()
  const run = (call: ClerkCall, said: string) => change.mutate(call, { onSuccess: () => toast.good(said) })
  return (
    <div className="flex flex-col gap-5">
      <RefusalNote error={error ?? change.error} />
      {rows === undefined && <Loading />}
      {rows !== undefined && (
        <DataTable
          label="Members"
          columns={columnsFor({ path, roles, run })}
          rows={rows}
          keyOf={({ id }) => id}
          empty={<Empty title="It has no member" />}
        />
      )}
      <Pages {...pages} />
      <AddMember path={path} roles={roles} />
    </div>
  )
}

interface Means {
  readonly path: string
  readonly roles: readonly Role[]
  readonly run: (call: ClerkCall, said: string) => void
}

function columnsFor({ path, roles, run }: Means): readonly Column<Membership>[] {
  const at = ({ public_user_data: user }: Membership) => `${path}/${user.user_id}`
  return [
    {
      id: 'member',
      head: 'Member',
      cell: (member) => <ClerkLink to={`/users/${member.public_user_data.user_id}`}>{nameOfMember(member)}</ClerkLink>,
    },
    {
      id: 'role',
      head: 'Role',
      cell: (member) => (
        <Select
          label={`Role of ${nameOfMember(member)}`}
          value={member.role}
          onChange={(role) =>
            run({ method: 'PATCH', path: at(member), body: { role } }, `${nameOfMember(member)} is ${role} now.`)
          }
          options={roleOptions(roles)}
          className="w-40"
        />
      ),
    },
    { id: 'joined', head: 'Joined', cell: ({ created_at: when }) => timeOf(when), from: 'sm' },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: (member) => (
        <Button
          size="sm"
          aria-label={`Remove ${nameOfMember(member)}`}
          onClick={() =>
            run({ method: 'DELETE', path: at(member) }, `${nameOfMember(member)} is not a member any more.`)
          }
        >
          Remove
        </Button>
      ),
      align: 'right',
    },
  ]
}

function roleOptions(roles: readonly Role[]): { value: string; label: string; hint: string }[] {
  return roles.map(({ key, name }) => ({ value: key, label: name, hint: key }))
}

/** What a member is added as unless somebody says otherwise. */
const LEAST = 'org:member'

function AddMember({ path, roles }: { readonly path: string; readonly roles: readonly Role[] }) {
  const [userId, setUserId] = useState('')
  const [role, setRole] = useState(LEAST)
  const add = useClerkChange<void>(() => ({ method: 'POST', path, body: { user_id: userId, role } }))
  const submit = () =>
    add.mutate(undefined, {
      onSuccess: () => {
        setUserId('')
        // The next one is not an admin because the one before was.
        setRole(LEAST)
        toast.good('The member was added.')
      },
    })
  return (
    <Card title="Add member">
      <div className="grid gap-4 sm:grid-cols-2">
        <UserChoice label="User" value={userId} onChange={setUserId} error={complaintAt(add.error, 'user_id')} />
        <Field label="Role" error={complaintAt(add.error, 'role')}>
          <Select value={role} onChange={setRole} options={roleOptions(roles)} />
        </Field>
      </div>
      <RefusalNote error={complaintBeside(add.error, 'user_id', 'role')} />
      <div>
        <Button disabled={userId === ''} busy={add.isPending} onClick={submit}>
          Add member
        </Button>
      </div>
    </Card>
  )
}
