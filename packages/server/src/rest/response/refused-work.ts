// What a refused statement was about, as far as an explanation needs it.

import type { Catalog, RelationName } from '../../catalog/catalog.ts'
import type { MutationPlan, Plan } from '../plan/plan.ts'
import type { TablePrivilege } from './sql/grants.ts'

/** What the refused statement was about. */
export interface RefusedWork {
  readonly catalog: Catalog
  /** The request's schema. */
  readonly schema: string
  /** The relation that the request names; null for calls. */
  readonly relation: RelationName | null
  /** What the request needs on that relation, its own command first. On every other relation it needs `select`. */
  readonly privileges: readonly TablePrivilege[]
}

/** What a plan is about. */
export function refusedWork(
  plan: Exclude<Plan, { readonly kind: 'describe' | 'options' }>,
  catalog: Catalog,
): RefusedWork {
  const { schema } = plan
  switch (plan.kind) {
    case 'read':
      return { catalog, schema, relation: plan.relation, privileges: ['select'] }
    case 'mutation': {
      const { schema: holder, name } = plan.relation
      return { catalog, schema, relation: { schema: holder, name }, privileges: privilegesOf(plan) }
    }
    case 'call':
      return { catalog, schema, relation: null, privileges: [] }
  }
}

/** Postgres asks for SELECT too on what is compared, merged into or returned (CREATE POLICY, GRANT). */
function privilegesOf({ mutation, return: returned }: MutationPlan): TablePrivilege[] {
  const looks: TablePrivilege[] = returned === 'minimal' ? [] : ['select']
  switch (mutation.kind) {
    case 'insert': {
      const merges: TablePrivilege[] = mutation.conflict?.do === 'merge' ? ['update'] : []
      const reads: TablePrivilege[] = mutation.conflict === null ? looks : ['select']
      return ['insert', ...merges, ...reads]
    }
    case 'update':
    case 'delete':
      return [mutation.kind, ...(mutation.conditions.length > 0 ? (['select'] as const) : looks)]
  }
}

/** Postgres names the relation without its schema: the request's own comes first, then its schema, then the only one left. */
export function relationNamed(name: string, { catalog, schema, relation }: RefusedWork): RelationName | null {
  if (relation?.name === name) return relation
  if (catalog.relations.get(schema)?.has(name) === true) return { schema, name }
  const holders = [...catalog.relations].filter(([, relations]) => relations.has(name))
  const [only, ...others] = holders
  return only === undefined || others.length > 0 ? null : { schema: only[0], name }
}
