// The select of a request as a tree, with every filter, order and range of the query string laid on the
// embed it names. Names only: nothing here has been looked up.

import { Refusal } from '../../../refusal/refusal.ts'
import type { ApiRequest, Filter, LogicTree, OrderTerm, Range, SelectItem } from '../../request/api-request.ts'
import type { LegacyName } from '../plan.ts'
import { type EmbedItem, everything } from './read-tree.ts'

export type FieldItem = Extract<SelectItem, { readonly kind: 'field' }>

export interface DraftNode {
  /** What asked for this query; null at the root. */
  readonly item: EmbedItem | null
  readonly fields: readonly FieldItem[]
  readonly children: readonly DraftNode[]
  readonly filters: readonly Filter[]
  readonly logic: readonly LogicTree[]
  readonly order: readonly OrderTerm[]
  readonly range: Range
}

export interface Draft {
  readonly root: DraftNode
  readonly legacyNames: readonly LegacyName[]
}

/** A node while clauses are still being laid on it. */
interface OpenNode extends DraftNode {
  readonly children: readonly OpenNode[]
  readonly filters: Filter[]
  readonly logic: LogicTree[]
  order: readonly OrderTerm[]
  range: Range
}

interface DraftOptions {
  /** Filters may name an aliased embed by its relation. */
  readonly legacyTargetNames: boolean
}

/**
 * Lays out the select tree. What concerns the rows of a mutation is left out: filters of its root, all ranges.
 * Refuses `request.embed-target-unknown` where a clause names an embed that select lacks.
 */
export function draftTree(request: ApiRequest, options: DraftOptions): Draft {
  const { query, action } = request
  const mutates = action.kind !== 'read' && action.kind !== 'call' && action.kind !== 'options'
  const root = openNode(null, query.select)
  const legacyNames: LegacyName[] = []
  const at = (path: readonly string[]): OpenNode => findTarget(root, path, options, legacyNames)
  for (const { path, filter } of query.embedFilters) at(path).filters.push(filter)
  if (!mutates) root.filters.push(...query.rootFilters)
  for (const { path, terms } of query.order.toReversed()) at(path).order = terms
  if (!mutates) {
    for (const { path, range } of request.embedRanges) at(path).range = range
    root.range = request.range
  }
  for (const { path, tree } of query.logic) if (path.length > 0 || !mutates) at(path).logic.push(tree)
  return { root, legacyNames }
}

function openNode(item: EmbedItem | null, select: readonly SelectItem[]): OpenNode {
  const fields: FieldItem[] = []
  const children: OpenNode[] = []
  for (const selected of select) {
    if (selected.kind === 'field') fields.push(selected)
    else children.push(openNode(selected, selected.select))
  }
  return { item, fields, children, filters: [], logic: [], order: [], range: everything }
}

/** The name an embed goes by in filters and in the result. */
export function shownName(item: EmbedItem): string {
  return (item.kind === 'embed' ? item.alias : null) ?? item.relation
}

function findTarget(
  root: OpenNode,
  path: readonly string[],
  options: DraftOptions,
  legacyNames: LegacyName[],
): OpenNode {
  let node = root
  for (const step of path) {
    const byRelation = node.children.find((child) => child.item?.relation === step || aliasOf(child) === step)
    const found = options.legacyTargetNames
      ? byRelation
      : node.children.find((child) => child.item !== null && shownName(child.item) === step)
    if (found === undefined) {
      const alias = byRelation === undefined ? null : aliasOf(byRelation)
      throw new Refusal('request.embed-target-unknown', { target: step, alias })
    }
    noteLegacyName(found, step, legacyNames)
    node = found
  }
  return node
}

function aliasOf(node: DraftNode): string | null {
  return node.item?.kind === 'embed' ? node.item.alias : null
}

function noteLegacyName(node: DraftNode, step: string, legacyNames: LegacyName[]): void {
  const alias = aliasOf(node)
  if (alias === null || alias === step) return
  if (legacyNames.some((name) => name.relation === step && name.alias === alias)) return
  legacyNames.push({ relation: step, alias })
}
