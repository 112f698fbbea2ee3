// Permissions of an instance's own, each change with its event. The system's stay as they are.

import { recordPermission } from '../../outbox/events/organization-events.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import {
  deletePermission as removePermission,
  insertPermission,
  type PermissionColumns,
  requirePermission,
  updatePermission,
} from '../../state/organizations/permissions.ts'
import type { Permission } from '../../state/organizations/roles.ts'
import type { Store } from '../../state/database/store.ts'

/** Creates a permission. Refuses a key that is taken. */
export function createPermission(
  store: Store,
  columns: PermissionColumns & { readonly key: string; readonly name: string },
): Promise<Permission> {
  return store.atomically(async (inner) => {
    const permission = await requirePermission(inner, await insertPermission(inner, columns))
    await recordPermission(inner, 'created', permission)
    return permission
  })
}

/** Changes a permission. Refuses an unknown one, one of the system, and a key that is taken. */
export function changePermission(store: Store, id: string, columns: PermissionColumns): Promise<Permission> {
  return store.atomically(async (inner) => {
    const own = await requireOwn(inner, id)
    await updatePermission(inner, own.id, columns)
    const permission = await requirePermission(inner, own.id)
    await recordPermission(inner, 'updated', permission)
    return permission
  })
}

/** Deletes a permission; roles lose it. Refuses an unknown one and one of the system. */
export function deletePermission(store: Store, id: string): Promise<Permission> {
  return store.atomically(async (inner) => {
    const permission = await requireOwn(inner, id)
    await removePermission(inner, permission.id)
    await recordPermission(inner, 'deleted', permission)
    return permission
  })
}

async function requireOwn(store: Store, id: string): Promise<Permission> {
  const permission = await requirePermission(store, id)
  if (permission.type === 'system') throw new ClerkRefusal('organization_system_permission_not_modifiable', {})
  return permission
}
