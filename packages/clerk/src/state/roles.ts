// Roles and permissions of organizations. Every instance starts with Clerk's two roles.

import { notFound } from '../refusal/not-found.ts'
import { newId } from './ids.ts'
import type { Listed, Page } from './page.ts'
import { containing } from './statement-builder.ts'
import type { Store } from './store.ts'

export interface Permission {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly description: string
  /** `system` permissions never appear in tokens. */
  readonly type: 'system' | 'user'
  readonly createdAt: number
  readonly updatedAt: number
}

export interface Role {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly description: string | null
  readonly isCreatorEligible: boolean
  readonly permissions: readonly Permission[]
  readonly createdAt: number
  readonly updatedAt: number
}

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

const columns = /* sql */ `
  r.id, r.key, r.name, r.description, r.is_creator_eligible as "isCreatorEligible",
  r.created_at as "createdAt", r.updated_at as "updatedAt",
  coalesce((
    select json_agg(json_build_object(
      'id', p.id, 'key', p.key, 'name', p.name, 'description', p.description, 'type', p.type,
      'createdAt', p.created_at, 'updatedAt', p.updated_at) order by p.key)
    from clerk.role_permissions rp
    join clerk.permissions p on p.instance_id = rp.instance_id and p.id = rp.permission_id
    where rp.instance_id = r.instance_id and rp.role_id = r.id
  ), '[]') as permissions`

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

/** One page of the instance's roles, newest first, and how many there are. `query` is part of a name or key. */
export async function listRoles(store: Store, query: string | undefined, page: Page): Promise<Listed<Role>> {
  const pattern = containing(query ?? '')
  const where = 'r.instance_id = $1 and (r.name ilike $2 or r.key ilike $2)'
  const [counted] = await store.db.query<{ count: number }>(
    `select count(*) as count from clerk.roles r where ${where}`,
    [store.instanceId, pattern],
  )
  const items = await store.db.query<Role>(
    `select ${columns} from clerk.roles r where ${where} order by r.created_at desc, r.key limit $3 offset $4`,
    [store.instanceId, pattern, page.limit, page.offset],
  )
  return { items, total: counted?.count ?? 0 }
}

/** The key of the role with this id or key. Refuses when there is none. */
export async function requireRoleKey(store: Store, idOrKey: string): Promise<string> {
  const [role] = await store.db.query<{ key: string }>(
    'select key from clerk.roles where instance_id = $1 and (id = $2 or key = $2)',
    [store.instanceId, idOrKey],
  )
  if (role === undefined) throw notFound('organization_role', idOrKey)
  return role.key
}

/** The role. Refuses an unknown id. */
export async function requireRole(store: Store, id: string): Promise<Role> {
  const [role] = await store.db.query<Role>(
    `select ${columns} from clerk.roles r where r.instance_id = $1 and r.id = $2`,
    [store.instanceId, id],
  )
  if (role === undefined) throw notFound('organization_role', id)
  return role
}

function permissionType(key: string): Permission['type'] {
  return key.startsWith('org:sys_') ? 'system' : 'user'
}
