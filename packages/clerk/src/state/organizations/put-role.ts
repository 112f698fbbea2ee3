// Roles as they are described: Clerk's two, which every instance starts with, and those of seeds.

import { newId } from '../database/ids.ts'
import type { Permission } from './roles.ts'
import type { Store } from '../database/store.ts'

/** A role as a seed or a default describes it. `permissions` are keys; unknown ones become user permissions. */
export interface RoleDescription {
  readonly key: string
  readonly name: string
  readonly description: string
  readonly permissions: readonly string[]
}

const systemPermissions: Readonly<Record<string, string>> = {
  'org:sys_profile:manage': 'Manage organization',
  'org:sys_profile:delete': 'Delete organization',
  'org:sys_memberships:read': 'Read members',
  'org:sys_memberships:manage': 'Manage members',
  'org:sys_domains:read': 'Read domains',
  'org:sys_domains:manage': 'Manage domains',
  'org:sys_billing:read': 'Read billing',
  'org:sys_billing:manage': 'Manage billing',
}

/** The roles a new instance has: who creates an organization is its admin. */
export const defaultRoles: readonly RoleDescription[] = [
  {
    key: 'org:admin',
    name: 'Admin',
    description: 'Role with elevated permissions',
    permissions: Object.keys(systemPermissions),
  },
  {
    key: 'org:member',
    name: 'Member',
    description: 'Role with non-elevated permissions',
    permissions: ['org:sys_memberships:read', 'org:sys_billing:read'],
  },
]

/** Writes a role and the permissions it names; what exists by key is brought to the description. */
export async function putRole(store: Store, role: RoleDescription): Promise<void> {
  const now = store.now()
  const [row] = await store.db.query<{ id: string }>(
    `insert into clerk.roles (instance_id, id, key, name, description, is_creator_eligible, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)
     on conflict on constraint roles_key do update set name = excluded.name, description = excluded.description
     returning id`,
    [store.instanceId, newId('role'), role.key, role.name, role.description, role.key === 'org:admin', now],
  )
  const roleId = row?.id
  await store.db.query('delete from clerk.role_permissions where instance_id = $1 and role_id = $2', [
    store.instanceId,
    roleId,
  ])
  for (const key of role.permissions) {
    await store.db.query(
      `with named as (
         insert into clerk.permissions (instance_id, id, key, name, type, created_at, updated_at)
         values ($1, $3, $4, $5, $6, $7, $7)
         on conflict on constraint permissions_key do update set key = excluded.key
         returning id)
       insert into clerk.role_permissions (instance_id, role_id, permission_id) select $1, $2, id from named`,
      [store.instanceId, roleId, newId('perm'), key, systemPermissions[key] ?? key, permissionType(key), now],
    )
  }
}

function permissionType(key: string): Permission['type'] {
  return key.startsWith('org:sys_') ? 'system' : 'user'
}
