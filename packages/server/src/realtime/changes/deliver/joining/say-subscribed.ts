// What subscribers are told in `system` events.

import { isRefusal } from '../../../../refusal/refusal.ts'
import { renderPhoenix } from '../../../../refusal/phoenix/render-phoenix.ts'
import type { TableFacts } from '../../tables/table-facts.ts'

/** True when it is said: what is committed from then on arrives. */
export const SUBSCRIBED = 'Subscribed to PostgreSQL'

export const INCOMPLETE = 'The changes since then are no longer kept in full: some may be missing, read the table again'

/** Why an item could not be subscribed, in the form of upstream's sentence. */
export function saySubscriptionRefused(item: Readonly<Record<string, unknown>>, error: unknown): string {
  const names = ['event', 'schema', 'table', 'filter', 'select'] as const
  const said = names.map((name) => `${name}: ${JSON.stringify(item[name] ?? null)}`).join(', ')
  return `Unable to subscribe to changes with given parameters [${said}]: ${reasonOf(error)}`
}

/** The table is there, and nothing is known of its changes. */
export function sayUnpublished({ schema, table, isPublishedInParts }: TableFacts, publication: string): string {
  const [relation, name] = [`${quoted(schema)}.${quoted(table)}`, quoted(publication)]
  if (isPublishedInParts) {
    const remedy = `alter publication ${name} set (publish_via_partition_root = true)`
    return `Changes of ${schema}.${table} are published by the names of its partitions: ${remedy}`
  }
  return `Changes of ${schema}.${table} are not published: alter publication ${name} add table ${relation}`
}

export function reasonOf(error: unknown): string {
  if (!isRefusal(error)) return 'an internal error'
  if (error.code === 'postgres.error') return error.detail.message
  return renderPhoenix(error)?.message ?? 'the database cannot be reached'
}

// For a sentence that a person reads and may paste.
function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}
