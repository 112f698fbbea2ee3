// Database → Roles: who there is in the database, and what each may.

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../../ui/button.tsx'
import { Badge } from '../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../ui/display/data-table.tsx'
import { Loading, Page } from '../../ui/display/page.tsx'
import { RefusalNote } from '../../ui/display/refusal-note.tsx'
import { Menu } from '../../ui/overlay/menu.tsx'
import { useDatabaseAddress } from '../address.ts'
import { usePlatform } from '../../api/platform.ts'
import { DropConfirm } from '../drop-confirm.tsx'
import { attributesOf, type Role } from './role.ts'
import { RoleSheet } from './role-sheet.tsx'

interface Listing {
  readonly roles: readonly Role[]
}

export function RolesPage() {
  const { panel, show, close } = useDatabaseAddress()
  const listing = usePlatform<Listing>('/roles')
  const [dropping, setDropping] = useState<Role | null>(null)
  const roles = listing.data?.roles ?? []
  return (
    <Page
      title="Roles"
      description="A request runs as the role that its token names: authenticated, anon, or one of your own."
      actions={
        <Button variant="primary" onClick={() => show({ panel: 'new' })}>
          Add role
        </Button>
      }
    >
      <RefusalNote error={listing.error} />
      {listing.isPending && <Loading />}
      {listing.data !== undefined && (
        <DataTable
          label="Roles"
          columns={columnsFor(setDropping)}
          rows={roles}
          keyOf={({ name }) => name}
          empty={null}
        />
      )}
      {panel === 'new' && <RoleSheet roles={roles} onClose={close} />}
      {dropping !== null && (
        <DropConfirm
          title={`Delete role ${dropping.name}?`}
          body="Tokens that name it are refused from then on."
          action="Delete role"
          path={`/roles/${encodeURIComponent(dropping.name)}`}
          further={{ search: '?reassign=true', action: 'Give what it owns to postgres, and delete it' }}
          done={`The role ${dropping.name} was deleted.`}
          onClose={() => setDropping(null)}
        />
      )}
    </Page>
  )
}

function columnsFor(onDrop: (role: Role) => void): readonly Column<Role>[] {
  return [
    {
      id: 'name',
      head: 'Name',
      cell: ({ name, reserved }) => (
        <span className="flex flex-wrap items-center gap-1.5">
          <span className="font-mono font-medium break-all">{name}</span>
          {reserved && <Badge>the server’s</Badge>}
        </span>
      ),
    },
    {
      id: 'attributes',
      head: 'May',
      cell: (role) => (
        <span className="flex flex-wrap gap-1">
          {attributesOf(role).map((word) => (
            <Badge key={word} tone={word === 'superuser' || word === 'bypasses RLS' ? 'warning' : 'neutral'}>
              {word}
            </Badge>
          ))}
        </span>
      ),
    },
    { id: 'memberOf', head: 'Member of', cell: ({ memberOf }) => memberOf.join(', '), from: 'sm' },
    {
      id: 'settings',
      head: 'Settings',
      cell: ({ settings }) =>
        settings.map((setting) => (
          <code key={setting} className="block font-mono text-xs whitespace-nowrap">
            {setting}
          </code>
        )),
      from: 'lg',
    },
    {
      id: 'connections',
      head: 'Connections',
      cell: ({ connections, connectionLimit }) =>
        connectionLimit === -1 ? connections : `${connections} of ${connectionLimit}`,
      from: 'sm',
      align: 'right',
    },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: (role) => menuOf(role, onDrop),
      align: 'right',
    },
  ]
}

function menuOf(role: Role, onDrop: (role: Role) => void) {
  if (role.reserved) return null
  return (
    <Menu
      label={`Actions for ${role.name}`}
      trigger={<Ellipsis aria-hidden />}
      variant="ghost"
      size="icon"
      items={[{ label: 'Delete role', danger: true, onSelect: () => onDrop(role) }]}
    />
  )
}
