// Requests to join an organization, made by taking up a suggestion and answered by who manages its members.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { newId } from '../database/ids.ts'
import { type MemberProfile, memberProfile } from './memberships.ts'
import { type Listed, type Page, readPage } from '../database/page.ts'
import { bindings } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export const requestStatuses = ['pending', 'accepted', 'rejected'] as const

export type RequestStatus = (typeof requestStatuses)[number]

export interface MembershipRequest {
  readonly id: string
  readonly organizationId: string
  readonly status: RequestStatus
  readonly user: MemberProfile
  readonly createdAt: number
  readonly updatedAt: number
}

const columns = /* sql */ `
  q.id, q.organization_id as "organizationId", q.status, q.created_at as "createdAt", q.updated_at as "updatedAt",
  ${memberProfile} as user`

const source = /* sql */ `
  clerk.organization_membership_requests q
  join clerk.users u on u.instance_id = q.instance_id and u.id = q.user_id`

/** Adds a pending request; one that is pending already stands for both. */
export async function insertMembershipRequest(store: Store, organizationId: string, userId: string): Promise<void> {
  await store.db.query(
    `insert into clerk.organization_membership_requests
       (instance_id, id, organization_id, user_id, status, created_at, updated_at)
     values ($1, $2, $3, $4, 'pending', $5, $5) on conflict do nothing`,
    [store.instanceId, newId('orgmreq'), organizationId, userId, store.now()],
  )
}

/** The request. Refuses an unknown id and one of another organization. */
export async function requireMembershipRequest(
  store: Store,
  organizationId: string,
  id: string,
): Promise<MembershipRequest> {
  const [request] = await store.db.query<MembershipRequest>(
    `select ${columns} from ${source} where q.instance_id = $1 and q.organization_id = $2 and q.id = $3`,
    [store.instanceId, organizationId, id],
  )
  if (request === undefined) throw notFound('organization_membership_request', id)
  return request
}

/** Answers a request. Refuses one that was answered. */
export async function settleMembershipRequest(
  store: Store,
  id: string,
  status: 'accepted' | 'rejected',
): Promise<void> {
  const settled = await store.db.query(
    `update clerk.organization_membership_requests set status = $3, updated_at = $4
     where instance_id = $1 and id = $2 and status = 'pending' returning id`,
    [store.instanceId, id, status, store.now()],
  )
  if (settled.length === 0) throw new ClerkRefusal('organization_membership_request_not_pending', {})
}

/** One page of an organization's requests, the newest first; no statuses are all of them. */
export async function listMembershipRequests(
  store: Store,
  organizationId: string,
  statuses: readonly RequestStatus[],
  page: Page,
): Promise<Listed<MembershipRequest>> {
  const bound = bindings(store.instanceId, organizationId)
  const conditions = ['q.instance_id = $1 and q.organization_id = $2']
  if (statuses.length > 0) conditions.push(`q.status = any(${bound.bind(statuses)})`)
  const from = `from ${source} where ${conditions.join(' and ')}`
  return readPage(store, { columns, from, orderBy: 'q.created_at desc, q.position desc' }, bound, page)
}
