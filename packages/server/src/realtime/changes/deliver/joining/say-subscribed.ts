// What subscribers are told in `system` events.

import { isRefusal } from '../../../../refusal/refusal.ts'
import { renderPhoenix } from '../../../../refusal/phoenix/render-phoenix.ts'
import type { RoleFacts, TableFacts } from '../../tables/table-facts.ts'

/** True when it is said: what is committed from then on arrives. */
export const SUBSCRIBED = 'Subscribed to PostgreSQL'

export const INCOMPLETE = 'The changes since then are no longer kept in full: some may be missing, read the table again'

/** Why an item could not be subscribed, in the form of upstream's sentence. */
export function saySubscriptionRefused(item: Readonly<Record<string, unknown>>, reason: string): string {
  const names = ['event', 'schema', 'table', 'filter', 'select'] as const
  const said = names.map((name) => `${name}: ${JSON.stringify(item[name] ?? null)}`).join(', ')
  return `Unable to subscribe to changes with given parameters [${said}]: ${reason}`
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

/** Row Level Security is not even asked. */
export function sayUngranted({ schema, table }: TableFacts, { role, schemas }: RoleFacts): string {
  const [to, relation] = [quoted(role), `${quoted(schema)}.${quoted(table)}`]
  if (!schemas.has(schema)) {
    return `Role ${role} may not enter schema ${schema}: grant usage on schema ${quoted(schema)} to ${to}`
  }
  return `Role ${role} may not select from ${schema}.${table}: grant select on ${relation} to ${to}`
}

/** What it may select, no row is. */
export function sayNoPolicy({ schema, table }: TableFacts, { role }: RoleFacts): string {
  return `Row Level Security is on for ${schema}.${table} and no policy lets ${role} read it`
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
