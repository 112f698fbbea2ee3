// The roles, with ways to make, change and delete them, and to choose those that the instance gives by itself.

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../../../../ui/button.tsx'
import { Badge } from '../../../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../../../ui/display/data-table.tsx'
import { Card, Loading } from '../../../../ui/display/page.tsx'
import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { Menu } from '../../../../ui/overlay/menu.tsx'
import { toast } from '../../../../ui/overlay/toast.tsx'
import { useClerkChange } from '../../../api/clerk-request.ts'
import { Pages, usePagedList } from '../../../parts/pages.tsx'
import type { Role } from '../organization.ts'
import { DeleteThing } from './delete-thing.tsx'
import { RoleSheet } from './role-sheet.tsx'
import { type GivenRoles, useGivenRoles } from './use-roles.ts'

type Open = { readonly what: 'create' } | { readonly what: 'edit' | 'delete'; readonly role: Role }

export function RoleList() {
  const [open, setOpen] = useState<Open | null>(null)
  const { rows, error, pages } = usePagedList<Role>('/organization_roles?order_by=%2Bcreated_at')
  const given = useGivenRoles()
  const give = useClerkChange((body: object) => ({ method: 'PATCH', path: '/instance/organization_settings', body }))
  const makeGiven = (body: object, said: string) => give.mutate(body, { onSuccess: () => toast.good(said) })
  const close = () => setOpen(null)
  return (
    <Card title="Roles" actions={<Button onClick={() => setOpen({ what: 'create' })}>Create role</Button>}>
      <RefusalNote error={error ?? give.error} />
      {rows === undefined && <Loading />}
      <DataTable
        label="Roles"
        columns={columnsFor({ given, open: setOpen, makeGiven })}
        rows={rows ?? []}
        keyOf={({ id }) => id}
        empty={null}
      />
      <Pages {...pages} />
      {(open?.what === 'create' || open?.what === 'edit') && (
        <RoleSheet
          role={open.what === 'edit' ? open.role : null}
          isCreator={open.what === 'edit' && open.role.key === given?.creator_role}
          onClose={close}
        />
      )}
      {open?.what === 'delete' && (
        <DeleteThing
          kind="role"
          name={open.role.name}
          path={`/organization_roles/${open.role.id}`}
          body="Nobody may have it, and nobody may be invited into it."
          onClose={close}
        />
      )}
    </Card>
  )
}

interface Means {
  readonly given: GivenRoles | undefined
  readonly open: (open: Open) => void
  readonly makeGiven: (body: object, said: string) => void
}

function columnsFor(means: Means): readonly Column<Role>[] {
  return [
    {
      id: 'name',
      head: 'Role',
      cell: ({ key, name, description }) => (
        <div className="flex min-w-36 flex-col gap-1">
          <span className="flex flex-wrap items-center gap-1">
            {name}
            {key === means.given?.creator_role && <Badge tone="brand">Creator’s role</Badge>}
            {key === means.given?.domains_default_role && <Badge tone="brand">Default role</Badge>}
          </span>
          {description !== null && <span className="text-xs text-quiet">{description}</span>}
        </div>
      ),
    },
    { id: 'key', head: 'Key', cell: ({ key }) => <code className="font-mono text-xs">{key}</code> },
    {
      id: 'permissions',
      head: 'Permissions',
      cell: ({ permissions }) => (
        <div className="flex flex-wrap gap-1">
          {permissions.map(({ id, key }) => (
            <Badge key={id}>{key}</Badge>
          ))}
        </div>
      ),
      from: 'lg',
    },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: (role) => <RoleMenu role={role} {...means} />,
      align: 'right',
    },
  ]
}

function RoleMenu({ role, given, open, makeGiven }: Means & { readonly role: Role }) {
  const isCreator = role.key === given?.creator_role
  const isDefault = role.key === given?.domains_default_role
  return (
    <Menu
      label={`Actions for ${role.key}`}
      trigger={<Ellipsis aria-hidden />}
      variant="ghost"
      size="icon"
      items={[
        { label: 'Edit role', onSelect: () => open({ what: 'edit', role }) },
        {
          label: 'Set as creator’s role',
          disabled: isCreator,
          onSelect: () =>
            makeGiven({ creator_role_id: role.id }, `Whoever founds an organization is ${role.name} now.`),
        },
        {
          label: 'Set as default role',
          disabled: isDefault,
          onSelect: () => makeGiven({ domains_default_role_id: role.id }, `Whoever joins is ${role.name} now.`),
        },
        {
          label: isCreator || isDefault ? 'Delete role: the instance gives it' : 'Delete role',
          danger: true,
          apart: true,
          disabled: isCreator || isDefault,
          onSelect: () => open({ what: 'delete', role }),
        },
      ]}
    />
  )
}
