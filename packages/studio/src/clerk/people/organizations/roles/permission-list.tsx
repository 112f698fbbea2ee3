// The permissions, with ways to make, change and delete those that are the instance's own.

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'

import { Button } from '../../../../ui/button.tsx'
import { Badge } from '../../../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../../../ui/display/data-table.tsx'
import { Card, Loading } from '../../../../ui/display/page.tsx'
import { RefusalNote } from '../../../../ui/display/refusal-note.tsx'
import { Menu } from '../../../../ui/overlay/menu.tsx'
import { Pages, usePagedList } from '../../../parts/pages.tsx'
import type { Permission } from '../organization.ts'
import { DeleteThing } from './delete-thing.tsx'
import { PermissionSheet } from './permission-sheet.tsx'

type Open = { readonly what: 'create' } | { readonly what: 'edit' | 'delete'; readonly permission: Permission }

export function PermissionList() {
  const [open, setOpen] = useState<Open | null>(null)
  const { rows, error, pages } = usePagedList<Permission>('/organization_permissions')
  const close = () => setOpen(null)
  return (
    <Card title="Permissions" actions={<Button onClick={() => setOpen({ what: 'create' })}>Create permission</Button>}>
      <p className="text-sm text-quiet">Those of the system are locked: they stay as they are, and are in no token.</p>
      <RefusalNote error={error} />
      {rows === undefined && <Loading />}
      <DataTable
        label="Permissions"
        columns={columnsFor(setOpen)}
        rows={rows ?? []}
        keyOf={({ id }) => id}
        empty={null}
      />
      <Pages {...pages} />
      {(open?.what === 'create' || open?.what === 'edit') && (
        <PermissionSheet permission={open.what === 'edit' ? open.permission : null} onClose={close} />
      )}
      {open?.what === 'delete' && (
        <DeleteThing
          kind="permission"
          name={open.permission.name}
          path={`/organization_permissions/${open.permission.id}`}
          body="Every role that has it loses it."
          onClose={close}
        />
      )}
    </Card>
  )
}

function columnsFor(open: (open: Open) => void): readonly Column<Permission>[] {
  return [
    { id: 'name', head: 'Permission', cell: ({ name }) => name },
    { id: 'key', head: 'Key', cell: ({ key }) => <code className="font-mono text-xs">{key}</code> },
    { id: 'description', head: 'Description', cell: ({ description }) => description, from: 'lg' },
    {
      id: 'actions',
      head: <span className="sr-only">Actions</span>,
      cell: (permission) =>
        permission.type === 'system' ? (
          <Badge>System: locked</Badge>
        ) : (
          <Menu
            label={`Actions for ${permission.key}`}
            trigger={<Ellipsis aria-hidden />}
            variant="ghost"
            size="icon"
            items={[
              { label: 'Edit permission', onSelect: () => open({ what: 'edit', permission }) },
              {
                label: 'Delete permission',
                danger: true,
                apart: true,
                onSelect: () => open({ what: 'delete', permission }),
              },
            ]}
          />
        ),
      align: 'right',
    },
  ]
}
