// What subscribers are told in `system` events.

import { isRefusal } from '../../../../refusal/refusal.ts'
import { renderPhoenix } from '../../../../refusal/phoenix/render-phoenix.ts'
import type { ChangeRequest } from '../subscribing/change-request.ts'
import { sayParameters } from './say-parameters.ts'
import type { RoleFacts, TableFacts } from '../../tables/table-facts.ts'

/** True when it is said: what is committed from then on arrives. */
export const SUBSCRIBED = 'Subscribed to PostgreSQL'

export const INCOMPLETE: Said = {
  message: 'The changes since then are no longer kept in full: some may be missing, read the table again',
  hint: null,
}

const UNABLE = 'Unable to subscribe to changes with given parameters.'

/** A sentence as upstream has it, and what it leaves open. */
export interface Said {
  readonly message: string
  readonly hint: string | null
}

/** There is nothing to hear of, and `hint` says why. */
export function sayNothingToHear(request: ChangeRequest, hint: string): Said {
  const where = 'Please check Realtime is enabled for the given connect parameters'
  return { message: `${UNABLE} ${where}: [${sayParameters(request)}]`, hint }
}

/** What is wrong with an item that asks for nothing which could have a place. */
export function sayRefused(error: unknown): Said {
  return { message: reasonOf(error), hint: isRefusal(error) ? (error.fix ?? null) : null }
}

/** Why a request has no place. */
export function saySubscriptionRefused(request: ChangeRequest, error: unknown): Said {
  const reason = reasonOf(error)
  if (isRefusal(error) && error.code === 'realtime.table-missing') return sayNothingToHear(request, reason)
  const where = `An exception happened so please check your connect parameters: [${sayParameters(request)}]`
  return { message: `${UNABLE} ${where}. Exception: ${reason}`, hint: null }
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
