// The fields a query selects: `*` spelt out where something must be done to single columns, and the names
// that come out of JSON paths, representations and aggregates.

import type { Catalog, Relation } from '../../../catalog/catalog.ts'
import type { FieldItem } from './draft-node.ts'
import type { ResolvedField, SelectedField } from './read-tree.ts'
import { representationOf, resolveOutput } from './resolve-field.ts'

interface FieldsContext {
  readonly catalog: Catalog
  readonly relation: Relation | undefined
  readonly spread: boolean
  /** An aggregate stands here or above, or the columns become arrays: `*` must be spelt out. */
  readonly spellOut: boolean
}

/** The selected fields of one query, in order, with their final aliases. */
export function resolveFields(items: readonly FieldItem[], context: FieldsContext): readonly SelectedField[] {
  const spellOut = context.spellOut || hasRepresentation(context)
  return items.flatMap((item) => {
    const { field, aggregate } = item
    if (field.name !== '*' || field.path.length > 0 || !spellOut) return [selected(item, context)]
    if (aggregate === null) return spelledOut(item, context)
    return context.spread && aggregate.function === 'count' ? [wholeRow(item)] : [selected(item, context)]
  })
}

function hasRepresentation({ catalog, relation }: FieldsContext): boolean {
  if (catalog.representations.length === 0 || relation === undefined) return false
  return [...relation.columns.values()].some((column) => representationOf(catalog, column, 'to-json') !== null)
}

function spelledOut(item: FieldItem, context: FieldsContext): readonly SelectedField[] {
  const names = [...(context.relation?.columns.keys() ?? [])]
  return names.map((name) => selected({ ...item, field: { name, path: [] } }, context))
}

/** Counting rows of a spread embed must not count the parent's row that found none. */
function wholeRow(item: FieldItem): SelectedField {
  const { cast, aggregate } = item
  return { field: { kind: 'row' }, cast, aggregate, alias: item.alias ?? 'count' }
}

function selected(item: FieldItem, context: FieldsContext): SelectedField {
  const field = resolveOutput(context.catalog, context.relation, item.field)
  const { cast, aggregate } = item
  return { field, cast, aggregate, alias: item.alias ?? ownAlias(item, field, context.spread) }
}

/** The name a field goes by without being given one; null where it is the column's. */
function ownAlias({ aggregate }: FieldItem, field: ResolvedField, spread: boolean): string | null {
  if (aggregate !== null) return spread ? aggregate.function : null
  if (field.path.length > 0) return lastKey(field)
  return field.transform === null ? null : field.name
}

/** `data->1->mycol->>2` shows as `mycol`, `data->3` as `data`. */
function lastKey({ name, path }: ResolvedField): string {
  const step = path.findLast((candidate) => 'key' in candidate)
  return step !== undefined && 'key' in step ? step.key : name
}

/** What the column is called in the query's result. */
export function outputName(field: SelectedField): string {
  return field.alias ?? ('name' in field.field ? field.field.name : (field.aggregate?.function ?? ''))
}
