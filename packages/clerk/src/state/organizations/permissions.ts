// Permissions that roles may hold. The system ones come with every instance and do not change.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { violatedConstraint } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { type Listed, type Order, type Page, readPage } from '../database/page.ts'
import type { Permission } from './roles.ts'
import { assignments, bindings, containing } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

/** Columns of `clerk.permissions` that requests may set. */
export interface PermissionColumns {
  readonly key?: string | undefined
  readonly name?: string | undefined
  readonly description?: string | undefined
}

export const permissionOrders = { created_at: 'p.created_at', name: 'p.name', key: 'p.key' } as const

export type PermissionOrder = keyof typeof permissionOrders

const columns = /* sql */ `
  p.id, p.key, p.name, p.description, p.type, p.created_at as "createdAt", p.updated_at as "updatedAt"`

/** Adds a permission of the instance's own and hands back its id. Refuses a key that is taken. */
export async function insertPermission(
  store: Store,
  { key, name, description }: PermissionColumns & { readonly key: string; readonly name: string },
): Promise<string> {
  const id = newId('perm')
  await refusingTakenKey(key, () =>
    store.db.query(
      `insert into clerk.permissions (instance_id, id, key, name, description, type, created_at, updated_at)
       values ($1, $2, $3, $4, $5, 'user', $6, $6)`,
      [store.instanceId, id, key, name, description ?? '', store.now()],
    ),
  )
  return id
}

/** Changes a permission. Refuses a key that is taken. */
export async function updatePermission(store: Store, id: string, change: PermissionColumns): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...change, updated_at: store.now() }, bound)
  await refusingTakenKey(change.key ?? '', () =>
    store.db.query(`update clerk.permissions set ${set} where instance_id = $1 and id = $2`, bound.values),
  )
}

/** Deletes a permission; roles lose it. */
export async function deletePermission(store: Store, id: string): Promise<void> {
  await store.db.query('delete from clerk.permissions where instance_id = $1 and id = $2', [store.instanceId, id])
}

/** The permission with this id or key. Refuses when there is none. */
export async function requirePermission(store: Store, idOrKey: string): Promise<Permission> {
  const [permission] = await store.db.query<Permission>(
    `select ${columns} from clerk.permissions p where p.instance_id = $1 and (p.id = $2 or p.key = $2)`,
    [store.instanceId, idOrKey],
  )
  if (permission === undefined) throw notFound('organization_permission', idOrKey)
  return permission
}

/** One page of the instance's permissions, and how many there are. `query` is part of a name or key. */
export async function listPermissions(
  store: Store,
  query: string | undefined,
  order: Order<PermissionOrder>,
  page: Page,
): Promise<Listed<Permission>> {
  const bound = bindings(store.instanceId, containing(query ?? ''), query ?? '')
  const from = 'from clerk.permissions p where p.instance_id = $1 and (p.name ilike $2 or p.key ilike $2 or p.id = $3)'
  const orderBy = `${permissionOrders[order.column]} ${order.direction}, p.key`
  return readPage(store, { columns, from, orderBy }, bound, page)
}

async function refusingTakenKey<Result>(key: string, write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (violatedConstraint(error) !== 'permissions_key') throw error
    throw new ClerkRefusal('organization_permission_exists', { key }, { cause: error })
  }
}
