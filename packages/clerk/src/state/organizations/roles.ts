// Roles of organizations: the record and its statements.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { violatedConstraint } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { type Listed, type Order, type Page, readPage } from '../database/page.ts'
import { assignments, bindings, containing } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

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

/** Columns of `clerk.roles` that requests may set. */
export interface RoleColumns {
  readonly key?: string | undefined
  readonly name?: string | undefined
  readonly description?: string | null | undefined
}

export const roleOrders = { created_at: 'r.created_at', name: 'r.name', key: 'r.key' } as const

export type RoleOrder = keyof typeof roleOrders

/** Adds a role without permissions and hands back its id. Refuses a key that is taken. */
export async function insertRole(
  store: Store,
  { key, name, description }: RoleColumns & { readonly key: string; readonly name: string },
): Promise<string> {
  const id = newId('role')
  await refusingTakenKey(key, () =>
    store.db.query(
      `insert into clerk.roles (instance_id, id, key, name, description, created_at, updated_at)
       values ($1, $2, $3, $4, $5, $6, $6)`,
      [store.instanceId, id, key, name, description ?? null, store.now()],
    ),
  )
  return id
}

/** Changes a role; members and invitations follow a new key. Refuses a key that is taken. */
export async function updateRole(store: Store, id: string, change: RoleColumns): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...change, updated_at: store.now() }, bound)
  await refusingTakenKey(change.key ?? '', () =>
    store.db.query(`update clerk.roles set ${set} where instance_id = $1 and id = $2`, bound.values),
  )
}

/** Deletes a role with the invitations that named it and are over. Refuses one that members or pending invitations have. */
export async function deleteRole(store: Store, { id, key }: Role): Promise<void> {
  await store.db.query(
    `delete from clerk.organization_invitations where instance_id = $1 and role = $2
       and (status <> 'pending' or expires_at <= $3)`,
    [store.instanceId, key, store.now()],
  )
  try {
    await store.db.query('delete from clerk.roles where instance_id = $1 and id = $2', [store.instanceId, id])
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (constraint === 'organization_memberships_role')
      throw new ClerkRefusal('organization_role_assigned_members', {}, { cause: error })
    if (constraint === 'organization_invitations_role')
      throw new ClerkRefusal('organization_role_exists_in_invitations', {}, { cause: error })
    throw error
  }
}

/** Gives a role a permission. Refuses one that it has. */
export async function insertRolePermission(store: Store, roleId: string, permissionId: string): Promise<void> {
  const added = await store.db.query(
    `insert into clerk.role_permissions (instance_id, role_id, permission_id) values ($1, $2, $3)
     on conflict do nothing returning role_id`,
    [store.instanceId, roleId, permissionId],
  )
  if (added.length === 0) throw new ClerkRefusal('organization_role_permission_association_exists', {})
}

/** Takes a permission from a role. Refuses one that it does not have. */
export async function deleteRolePermission(store: Store, roleId: string, permissionId: string): Promise<void> {
  const removed = await store.db.query(
    `delete from clerk.role_permissions where instance_id = $1 and role_id = $2 and permission_id = $3
     returning role_id`,
    [store.instanceId, roleId, permissionId],
  )
  if (removed.length === 0) throw notFound('organization_permission', permissionId)
}

/** Takes every permission from a role. */
export async function clearRolePermissions(store: Store, roleId: string): Promise<void> {
  await store.db.query('delete from clerk.role_permissions where instance_id = $1 and role_id = $2', [
    store.instanceId,
    roleId,
  ])
}

/** One page of the instance's roles, and how many there are. `query` is part of a name or key. */
export async function listRoles(
  store: Store,
  query: string | undefined,
  order: Order<RoleOrder>,
  page: Page,
): Promise<Listed<Role>> {
  const bound = bindings(store.instanceId, containing(query ?? ''))
  const from = 'from clerk.roles r where r.instance_id = $1 and (r.name ilike $2 or r.key ilike $2)'
  const orderBy = `${roleOrders[order.column]} ${order.direction}, r.key`
  return readPage(store, { columns, from, orderBy }, bound, page)
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

/** The role with this id or key. Refuses when there is none. */
export async function requireRole(store: Store, id: string): Promise<Role> {
  const [role] = await store.db.query<Role>(
    `select ${columns} from clerk.roles r where r.instance_id = $1 and (r.id = $2 or r.key = $2)`,
    [store.instanceId, id],
  )
  if (role === undefined) throw notFound('organization_role', id)
  return role
}

async function refusingTakenKey<Result>(key: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (violatedConstraint(error) !== 'roles_key') throw error
    throw new ClerkRefusal('organization_role_exists', { key }, { cause: error })
  }
}

/** How many roles the instance has. */
export async function rolesCount(store: Store): Promise<number> {
  const [row] = await store.db.query<{ count: number }>(
    'select count(*) as count from clerk.roles where instance_id = $1',
    [store.instanceId],
  )
  return row?.count ?? 0
}
