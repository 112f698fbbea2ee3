// Roles and what they permit, from either door, each change with its event.

import { recordRole } from '../../outbox/events/organization-events.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { requirePermission } from '../../state/organizations/permissions.ts'
import {
  clearRolePermissions,
  deleteRole as removeRole,
  deleteRolePermission,
  insertRole,
  insertRolePermission,
  requireRole,
  type Role,
  type RoleColumns,
  rolesCount,
  updateRole,
} from '../../state/organizations/roles.ts'
import type { Store } from '../../state/database/store.ts'
import { managingPermissions } from './change-membership.ts'

/** The roles an instance may have at most. */
export const mostRoles = 10

/** A role to be: its permissions by id or key. */
export interface NewRole extends RoleColumns {
  readonly key: string
  readonly name: string
  readonly permissions: readonly string[]
}

/** Creates a role. Refuses a key that is taken, an unknown permission, and one role too many. */
export function createRole(store: Store, { permissions, ...columns }: NewRole): Promise<Role> {
  return store.atomically(async (inner) => {
    if ((await rolesCount(inner)) >= mostRoles) {
      throw new ClerkRefusal('organization_instance_roles_quota_exceeded', { most: mostRoles })
    }
    const id = await insertRole(inner, columns)
    await assign(inner, id, permissions)
    const role = await requireRole(inner, id)
    await recordRole(inner, 'created', role)
    return role
  })
}

/** Changes a role; `permissions` replaces all it has. Settings that name it follow a new key. */
export async function changeRole(
  instance: Instance,
  store: Store,
  idOrKey: string,
  { permissions, ...columns }: RoleColumns & { readonly permissions?: readonly string[] | undefined },
): Promise<Role> {
  const before = await requireRole(store, idOrKey)
  const role = await changed(instance, store, before.id, async (inner) => {
    await updateRole(inner, before.id, columns)
    if (permissions === undefined) return
    await clearRolePermissions(inner, before.id)
    await assign(inner, before.id, permissions)
  })
  if (role.key !== before.key) await renameInSettings(instance, before.key, role.key)
  return role
}

/** Gives a role one more permission. Refuses one that it has. */
export function permitRole(instance: Instance, store: Store, idOrKey: string, permission: string): Promise<Role> {
  return changed(instance, store, idOrKey, async (inner, role) =>
    insertRolePermission(inner, role.id, (await requirePermission(inner, permission)).id),
  )
}

/** Takes a permission from a role. Refuses one that it does not have, and one that the creator's role needs. */
export function forbidRole(instance: Instance, store: Store, idOrKey: string, permission: string): Promise<Role> {
  return changed(instance, store, idOrKey, async (inner, role) =>
    deleteRolePermission(inner, role.id, (await requirePermission(inner, permission)).id),
  )
}

/** Deletes a role. Refuses one that settings, members or pending invitations name. */
export async function deleteRole(instance: Instance, store: Store, idOrKey: string): Promise<Role> {
  const { organizations } = (await instance.snapshot()).settings
  return store.atomically(async (inner) => {
    const role = await requireRole(inner, idOrKey)
    if (role.key === organizations.creatorRole) throw new ClerkRefusal('organization_role_default_creator_role', {})
    if (role.key === organizations.defaultRole) throw new ClerkRefusal('organization_role_domain_default_role', {})
    await removeRole(inner, role)
    await recordRole(inner, 'deleted', role)
    return role
  })
}

/** Refuses a role that cannot do what a creator has to. */
export function requireCreatorPermissions(role: Role): void {
  const held = new Set(role.permissions.map(({ key }) => key))
  const missing = managingPermissions.filter((key) => !held.has(key))
  if (missing.length > 0) {
    throw new ClerkRefusal('organization_missing_creator_role_permissions', { permissions: missing })
  }
}

async function changed(
  instance: Instance,
  store: Store,
  idOrKey: string,
  work: (inner: Store, role: Role) => Promise<void>,
): Promise<Role> {
  const { creatorRole } = (await instance.snapshot()).settings.organizations
  return store.atomically(async (inner) => {
    const before = await requireRole(inner, idOrKey)
    await work(inner, before)
    const role = await requireRole(inner, before.id)
    if (before.key === creatorRole) requireCreatorPermissions(role)
    await recordRole(inner, 'updated', role)
    return role
  })
}

async function assign(store: Store, roleId: string, permissions: readonly string[]): Promise<void> {
  for (const permission of new Set(permissions)) {
    await insertRolePermission(store, roleId, (await requirePermission(store, permission)).id)
  }
}

async function renameInSettings(instance: Instance, before: string, after: string): Promise<void> {
  const { organizations } = (await instance.snapshot()).settings
  const renamed = (key: string) => (key === before ? after : key)
  await instance.changeSettings({
    organizations: {
      ...organizations,
      creatorRole: renamed(organizations.creatorRole),
      defaultRole: renamed(organizations.defaultRole),
    },
  })
}
