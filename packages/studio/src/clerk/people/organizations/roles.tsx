// The roles and permissions there are.

import { Badge } from '../../../ui/display/badge.tsx'
import { type Column, DataTable } from '../../../ui/display/data-table.tsx'
import { Card, Loading } from '../../../ui/display/page.tsx'
import { RefusalNote } from '../../../ui/display/refusal-note.tsx'
import { useClerk } from '../../api/clerk-request.ts'
import type { Permission, Role } from './organization.ts'

/** The roles of this screen's instance; empty until they are known. */
export function useRoles(): readonly Role[] {
  return useClerk<{ readonly data: readonly Role[] }>('/organization_roles?limit=100').data?.data ?? []
}

export function Roles() {
  const roles = useClerk<{ readonly data: readonly Role[] }>('/organization_roles?limit=100')
  const permissions = useClerk<{ readonly data: readonly Permission[] }>('/organization_permissions?limit=500')
  return (
    <div className="flex flex-col gap-5">
      <RefusalNote error={roles.error ?? permissions.error} />
      {roles.isPending && <Loading />}
      <Card title="Roles">
        <DataTable
          label="Roles"
          columns={roleColumns}
          rows={roles.data?.data ?? []}
          keyOf={({ id }) => id}
          empty={null}
        />
      </Card>
      <Card title="Permissions">
        <DataTable
          label="Permissions"
          columns={permissionColumns}
          rows={permissions.data?.data ?? []}
          keyOf={({ id }) => id}
          empty={null}
        />
      </Card>
    </div>
  )
}

const roleColumns: readonly Column<Role>[] = [
  { id: 'name', head: 'Role', cell: ({ name }) => name },
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
  },
]

const permissionColumns: readonly Column<Permission>[] = [
  { id: 'name', head: 'Permission', cell: ({ name }) => name },
  { id: 'key', head: 'Key', cell: ({ key }) => <code className="font-mono text-xs">{key}</code> },
  { id: 'description', head: 'Description', cell: ({ description }) => description, from: 'lg' },
]
