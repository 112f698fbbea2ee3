// Suggestions: an organization that a user may ask to join, because her address is at one of its domains.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { newId } from '../database/ids.ts'
import { type OrganizationProfile, organizationProfile } from './organizations.ts'
import { type Listed, type Page, readPage } from '../database/page.ts'
import { bindings } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export const suggestionStatuses = ['pending', 'accepted'] as const

export type SuggestionStatus = (typeof suggestionStatuses)[number]

export interface OrganizationSuggestion {
  readonly id: string
  readonly organization: OrganizationProfile
  readonly status: SuggestionStatus
  readonly createdAt: number
  readonly updatedAt: number
}

const columns = /* sql */ `
  s.id, s.status, s.created_at as "createdAt", s.updated_at as "updatedAt",
  ${organizationProfile} as organization`

const source = /* sql */ `
  clerk.organization_suggestions s
  join clerk.organizations o on o.instance_id = s.instance_id and o.id = s.organization_id`

/** Suggests an organization to a user, once for good. */
export async function insertSuggestion(
  store: Store,
  row: { readonly organizationId: string; readonly domainId: string; readonly userId: string },
): Promise<void> {
  await store.db.query(
    `insert into clerk.organization_suggestions
       (instance_id, id, organization_id, domain_id, user_id, status, created_at, updated_at)
     values ($1, $2, $3, $4, $5, 'pending', $6, $6) on conflict on constraint organization_suggestions_once do nothing`,
    [store.instanceId, newId('orgsug'), row.organizationId, row.domainId, row.userId, store.now()],
  )
}

/** The suggestion. Refuses an unknown id and somebody else's. */
export async function requireSuggestion(store: Store, userId: string, id: string): Promise<OrganizationSuggestion> {
  const [suggestion] = await store.db.query<OrganizationSuggestion>(
    `select ${columns} from ${source} where s.instance_id = $1 and s.user_id = $2 and s.id = $3`,
    [store.instanceId, userId, id],
  )
  if (suggestion === undefined) throw notFound('organization_suggestion', id)
  return suggestion
}

/** Marks a suggestion as taken up. Refuses one that was before. */
export async function settleSuggestion(store: Store, id: string): Promise<void> {
  const settled = await store.db.query(
    `update clerk.organization_suggestions set status = 'accepted', updated_at = $3
     where instance_id = $1 and id = $2 and status = 'pending' returning id`,
    [store.instanceId, id, store.now()],
  )
  if (settled.length === 0) throw new ClerkRefusal('organization_suggestion_already_accepted', {})
}

/** One page of a user's suggestions, without the organizations she is in already; no statuses are all of them. */
export async function listSuggestions(
  store: Store,
  userId: string,
  statuses: readonly SuggestionStatus[],
  page: Page,
): Promise<Listed<OrganizationSuggestion>> {
  const bound = bindings(store.instanceId, userId)
  const conditions = [
    's.instance_id = $1 and s.user_id = $2',
    `not exists (select from clerk.organization_memberships m
       where m.instance_id = s.instance_id and m.organization_id = s.organization_id and m.user_id = s.user_id)`,
  ]
  if (statuses.length > 0) conditions.push(`s.status = any(${bound.bind(statuses)})`)
  const from = `from ${source} where ${conditions.join(' and ')}`
  return readPage(store, { columns, from, orderBy: 's.created_at desc, s.position desc' }, bound, page)
}
