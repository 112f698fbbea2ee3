// A request body as rows for a relation: which keys it has, what type each is read as, what stands for a
// missing one. The JSON itself goes to Postgres as sent.

import type { Catalog, Relation } from '../../../catalog/catalog.ts'
import { Refusal } from '../../../refusal/refusal.ts'
import type { ApiRequest, Payload } from '../../request/api-request.ts'
import type { BodyColumn, JsonRows } from '../plan.ts'
import { representationOf } from '../tree/resolve-field.ts'

/** Refuses `catalog.column-unknown` for the first key, in alphabetical order, that the relation lacks. */
export function jsonRows(request: ApiRequest, relation: Relation, catalog: Catalog): JsonRows {
  const { payload, query, preferences } = request
  const { json, shape } = jsonOf(payload)
  const columns = bodyKeys(payload, query.columns).map((name) => bodyColumn(name, relation, catalog))
  return { json, shape, columns, applyDefaults: preferences.missing === 'default' }
}

/** The keys a body is read for, sorted: its own, or those of `columns` where it was not looked into. */
export function bodyKeys(payload: Payload | null, columns: readonly string[] | null): readonly string[] {
  if (payload === null || payload.kind === 'raw') return []
  const keys = payload.kind === 'form' ? payload.fields.map(([name]) => name) : (payload.keys ?? columns ?? [])
  return [...new Set(keys)].sort()
}

/** A body as JSON text; a form becomes one object of strings, its last value of a name winning. */
export function jsonOf(payload: Payload | null): { readonly json: string; readonly shape: 'object' | 'array' } {
  if (payload === null) return { json: '{}', shape: 'object' }
  if (payload.kind === 'form') return { json: JSON.stringify(Object.fromEntries(payload.fields)), shape: 'object' }
  if (payload.kind === 'raw') return { json: payload.bytes.toString('utf8'), shape: 'object' }
  return { json: payload.raw, shape: payload.shape }
}

function bodyColumn(name: string, relation: Relation, catalog: Catalog): BodyColumn {
  const column = relation.columns.get(name)
  if (column === undefined) throw new Refusal('catalog.column-unknown', { relation: relation.name, column: name })
  const transform = representationOf(catalog, column, 'from-json')
  return {
    name,
    type: transform === null ? column.type : 'json',
    transform,
    defaultExpression: column.defaultExpression,
  }
}
