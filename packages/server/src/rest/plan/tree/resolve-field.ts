// Names of fields to what the catalog knows of them: does an arrow need to_jsonb, does full text search need
// to_tsvector, does the column's domain have a representation of its own.

import type { Catalog, Column, Relation, RelationName } from '../../../catalog/catalog.ts'
import type { Field, Filter } from '../../request/api-request.ts'
import type { ResolvedField, ResolvedFilter } from './read-tree.ts'

/** What a representation is between: a domain and the format of the request's or the answer's text. */
type Direction = 'to-json' | 'from-json' | 'from-text'

/** The function that gives this column its own representation, or null for most columns. */
export function representationOf(catalog: Catalog, column: Column, direction: Direction): RelationName | null {
  if (catalog.representations.length === 0) return null
  const other = direction === 'from-text' ? 'text' : 'json'
  const [source, target] = direction === 'to-json' ? [column.typeName, other] : [other, column.typeName]
  const found = catalog.representations.find(
    (representation) => representation.source === source && representation.target === target,
  )
  return found?.function ?? null
}

/** A field as the catalog knows it. An unknown name is left to Postgres: it may be a computed column. */
export function resolveField(relation: Relation | undefined, { name, path }: Field): ResolvedField {
  const column = relation?.columns.get(name)
  if (column === undefined) return unknownField(name, path)
  return { name, path, toJsonb: !isJson(column), type: column.type, transform: null }
}

/** A field of which only the name is known. */
export function unknownField(name: string, path: Field['path']): ResolvedField {
  return { name, path, toJsonb: true, type: '', transform: null }
}

/** A selected field; a domain is shown by its own function to json, where it has one. */
export function resolveOutput(catalog: Catalog, relation: Relation | undefined, field: Field): ResolvedField {
  const resolved = resolveField(relation, field)
  const column = relation?.columns.get(field.name)
  if (column === undefined || field.path.length > 0) return resolved
  return { ...resolved, transform: representationOf(catalog, column, 'to-json') }
}

/** A filter; its value is read by the domain's own function from text, where it has one. */
export function resolveFilter(catalog: Catalog, relation: Relation | undefined, filter: Filter): ResolvedFilter {
  const { negated, operation } = filter
  const column = relation?.columns.get(filter.field.name)
  const resolved = resolveField(relation, filter.field)
  if (column === undefined) return { field: resolved, wrapsTextSearch: false, negated, operation }
  const transform = filter.field.path.length > 0 ? null : representationOf(catalog, column, 'from-text')
  const wrapsTextSearch = operation.kind === 'text-search' && column.baseType !== 'tsvector'
  return { field: { ...resolved, transform }, wrapsTextSearch, negated, operation }
}

function isJson(column: Column): boolean {
  return column.baseType === 'json' || column.baseType === 'jsonb'
}
