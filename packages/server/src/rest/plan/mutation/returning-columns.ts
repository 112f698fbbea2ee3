// Which columns must come out of a mutation or a call for the select tree over it to work: what is selected,
// what embeds join on, and what a Location header is made of.

import type { Relationship } from '../../../catalog/catalog.ts'
import type { ReadNode } from '../tree/read-tree.ts'

/**
 * Column names in alphabetical order, or `*` alone. A computed relationship takes the whole row, so with
 * one everything is returned.
 */
export function returningColumns(root: ReadNode, also: readonly string[]): readonly string[] {
  const selected = root.fields.map(({ field }) => ('name' in field ? field.name : '*'))
  if (selected.includes('*')) return ['*']
  if (root.embeds.some((embed) => embed.relationship.kind === 'computed')) return ['*']
  const joined = root.embeds.flatMap((embed) => joinedColumns(embed.relationship))
  return [...new Set([...selected, ...joined, ...also])].sort()
}

function joinedColumns(relationship: Relationship): readonly string[] {
  if (relationship.kind === 'computed') return []
  const columns = relationship.kind === 'key' ? relationship.columns : relationship.originColumns
  return columns.map(([origin]) => origin)
}
