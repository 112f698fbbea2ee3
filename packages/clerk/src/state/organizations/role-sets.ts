// The role set of an instance. There is one, and every role is in it: which roles creators and newcomers get is of the
// instance's settings.

import { notFound } from '../../refusal/not-found.ts'
import { newId } from '../database/ids.ts'
import { assignments, bindings } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export interface RoleSet {
  readonly id: string
  readonly key: string
  readonly name: string
  readonly description: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** Columns of `clerk.role_sets` that requests may set. */
export interface RoleSetColumns {
  readonly key?: string | undefined
  readonly name?: string | undefined
  readonly description?: string | null | undefined
}

/** The role set, made where it is missing. Refuses another id or key than its own; null asks for it whatever its name. */
export async function requireRoleSet(store: Store, idOrKey: string | null): Promise<RoleSet> {
  await store.db.query(
    `insert into clerk.role_sets (instance_id, id, key, name, created_at, updated_at)
     values ($1, $2, 'role_set:default', 'Default role set', $3, $3) on conflict do nothing`,
    [store.instanceId, newId('roleset'), store.now()],
  )
  const [set] = await store.db.query<RoleSet>(
    `select id, key, name, description, created_at as "createdAt", updated_at as "updatedAt"
     from clerk.role_sets where instance_id = $1 and ($2::text is null or id = $2 or key = $2)`,
    [store.instanceId, idOrKey],
  )
  if (set === undefined) throw notFound('role_set', idOrKey ?? '')
  return set
}

/** Changes the role set. */
export async function updateRoleSet(store: Store, id: string, change: RoleSetColumns): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...change, updated_at: store.now() }, bound)
  await store.db.query(`update clerk.role_sets set ${set} where instance_id = $1 and id = $2`, bound.values)
}

/** How many members of all organizations have each role, by its key. */
export async function membersByRole(store: Store): Promise<ReadonlyMap<string, number>> {
  const rows = await store.db.query<{ role: string; count: number }>(
    'select role, count(*) as count from clerk.organization_memberships where instance_id = $1 group by role',
    [store.instanceId],
  )
  return new Map(rows.map(({ role, count }) => [role, count]))
}
