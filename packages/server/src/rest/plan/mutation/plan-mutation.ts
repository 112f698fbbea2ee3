// POST, PUT, PATCH and DELETE on a relation: the body's columns typed by the catalog, the rows to touch, the
// conflict to expect.

import type { Catalog, Relation } from '../../../catalog/catalog.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { ApiRequest, Filter } from '../../request/api-request.ts'
import type { Insert, Mutation } from '../plan.ts'
import type { Condition } from '../tree/read-tree.ts'
import { resolveConditions } from '../tree/resolve-conditions.ts'
import { jsonRows } from './json-rows.ts'

/**
 * Refuses `catalog.column-unknown` for a body's key, and `request.put-filters` for a PUT whose address is not
 * exactly the primary key.
 */
export function planMutation(request: ApiRequest, relation: Relation, catalog: Catalog): Mutation {
  const conditions = rootConditions(request, relation, catalog)
  switch (request.action.kind) {
    case 'insert':
      return {
        kind: 'insert',
        rows: jsonRows(request, relation, catalog),
        conflict: conflictOf(request, relation),
        keyConditions: [],
        primaryKey: relation.primaryKey,
      }
    case 'upsert-one':
      if (!namesOneKey(request, relation)) throw new Refusal('request.put-filters', {})
      return {
        kind: 'insert',
        rows: { ...jsonRows(request, relation, catalog), applyDefaults: false },
        conflict: { do: 'merge', target: relation.primaryKey },
        keyConditions: conditions,
        primaryKey: relation.primaryKey,
      }
    case 'update':
      return { kind: 'update', rows: jsonRows(request, relation, catalog), conditions }
    case 'delete':
      return { kind: 'delete', conditions }
    case 'read':
    case 'call':
    case 'describe':
    case 'options':
      throw new TypeError(`${request.action.kind} changes nothing`)
  }
}

function rootConditions(request: ApiRequest, relation: Relation, catalog: Catalog): readonly Condition[] {
  const filters = request.query.rootFilters
  const logic = request.query.logic.filter(({ path }) => path.length === 0).map(({ tree }) => tree)
  return resolveConditions(catalog, relation, { filters, logic }, [])
}

/** With neither a primary key nor `on_conflict` there is nothing to conflict on: an empty target, a plain insert. */
function conflictOf({ preferences, query }: ApiRequest, relation: Relation): Insert['conflict'] {
  if (preferences.resolution === null) return null
  const merges = preferences.resolution === 'merge-duplicates'
  return { do: merges ? 'merge' : 'ignore', target: query.onConflict ?? relation.primaryKey }
}

function namesOneKey(request: ApiRequest, relation: Relation): boolean {
  const { rootFilters, logic } = request.query
  if (logic.length > 0 || relation.primaryKey.length === 0) return false
  const named = new Set(rootFilters.map((filter) => filter.field.name))
  const exactly = named.size === relation.primaryKey.length && relation.primaryKey.every((column) => named.has(column))
  return exactly && rootFilters.every(isPlainEquality)
}

function isPlainEquality({ negated, operation }: Filter): boolean {
  return !negated && operation.kind === 'simple' && operation.operator === 'eq' && operation.quantifier === null
}

/**
 * Refuses an UPDATE or DELETE of the whole relation, in the words of the safeupdate extension
 * (`postgres.error` 21000). An UPDATE that sets nothing touches nothing.
 */
export function refuseWithoutFilter(mutation: Mutation): void {
  if (mutation.kind === 'insert' || mutation.conditions.length > 0) return
  if (mutation.kind === 'update' && mutation.rows.columns.length === 0) return
  const message = `${mutation.kind.toUpperCase()} requires a WHERE clause`
  throw new Refusal('postgres.error', { sqlstate: '21000', message, detail: null, hint: null, role: null })
}
