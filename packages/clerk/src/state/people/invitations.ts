// Invitations to the instance: a letter to an address whose link lets its reader sign up, once. Expiry is read from
// the clock, so nothing has to sweep.

import { notFound } from '../../refusal/not-found.ts'
import type { JsonObject } from '../../tokens/json.ts'
import { newId } from '../database/ids.ts'
import { type Listed, type Order, type Page, readPage } from '../database/page.ts'
import { bindings, containing } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export const invitationStatuses = ['pending', 'accepted', 'revoked', 'expired'] as const

export type InvitationStatus = (typeof invitationStatuses)[number]

/** An invitation. Times are Unix milliseconds. */
export interface Invitation {
  readonly id: string
  readonly emailAddress: string
  /** What the public metadata of whoever accepts begins with. */
  readonly publicMetadata: JsonObject
  /** Where the link leads after it was checked; null where the instance's sign-up page is meant. */
  readonly redirectUrl: string | null
  readonly status: InvitationStatus
  readonly expiresAt: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** What a new invitation is made of; the lifetime in milliseconds. */
export interface NewInvitation {
  readonly emailAddress: string
  readonly publicMetadata: JsonObject
  readonly redirectUrl: string | null
  readonly lifetime: number
}

export interface InvitationFilter {
  /** Without one, revoked invitations are left out, as Clerk does. */
  readonly status?: InvitationStatus | undefined
  readonly query?: string | undefined
}

/** What invitations can be sorted by. */
export const invitationOrders = ['created_at', 'email_address', 'expires_at'] as const

export type InvitationOrder = (typeof invitationOrders)[number]

/** The status now. `$2` must be the present. */
const statusNow = /* sql */ `case when i.status = 'pending' and i.expires_at <= $2 then 'expired' else i.status end`

const columns = /* sql */ `
  i.id, i.email_address as "emailAddress", i.public_metadata as "publicMetadata", i.redirect_url as "redirectUrl",
  ${statusNow} as status, i.expires_at as "expiresAt", i.created_at as "createdAt", i.updated_at as "updatedAt"`

/** Adds a pending invitation. */
export async function insertInvitation(store: Store, invitation: NewInvitation): Promise<Invitation> {
  const id = newId('inv')
  const now = store.now()
  await store.db.query(
    `insert into clerk.invitations
       (instance_id, id, email_address, public_metadata, redirect_url, status, expires_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, 'pending', $6, $7, $7)`,
    [
      store.instanceId,
      id,
      invitation.emailAddress,
      JSON.stringify(invitation.publicMetadata),
      invitation.redirectUrl,
      now + invitation.lifetime,
      now,
    ],
  )
  return requireInvitation(store, id)
}

/** The invitation. Refuses an unknown id. */
export async function requireInvitation(store: Store, id: string): Promise<Invitation> {
  const [invitation] = await store.db.query<Invitation>(
    `select ${columns} from clerk.invitations i where i.instance_id = $1 and i.id = $3`,
    [store.instanceId, store.now(), id],
  )
  if (invitation === undefined) throw notFound('invitation', id)
  return invitation
}

/** True when an invitation to the address can still be accepted. */
export async function hasPendingInvitation(store: Store, emailAddress: string): Promise<boolean> {
  const [pending] = await store.db.query(
    `select 1 from clerk.invitations i
     where i.instance_id = $1 and i.email_address = $3 and (${statusNow}) = 'pending' limit 1`,
    [store.instanceId, store.now(), emailAddress],
  )
  return pending !== undefined
}

/** Makes an open invitation accepted or revoked; false when it is not open any more. An expired one can only be revoked. */
export async function settleInvitation(store: Store, id: string, status: 'accepted' | 'revoked'): Promise<boolean> {
  const settled = await store.db.query(
    `update clerk.invitations i set status = $4, updated_at = $2
     where i.instance_id = $1 and i.id = $3 and i.status = 'pending' and ($4 = 'revoked' or i.expires_at > $2)
     returning 1`,
    [store.instanceId, store.now(), id, status],
  )
  return settled.length > 0
}

/** Removes an invitation; what led to it forgets it. False when there is none. */
export async function deleteInvitation(store: Store, id: string): Promise<boolean> {
  const removed = await store.db.query('delete from clerk.invitations where instance_id = $1 and id = $2 returning 1', [
    store.instanceId,
    id,
  ])
  for (const table of ['waitlist_entries', 'listed_identifiers']) {
    await store.db.query(
      `update clerk.${table} set invitation_id = null where instance_id = $1 and invitation_id = $2`,
      [store.instanceId, id],
    )
  }
  return removed.length > 0
}

/** One page of the invitations that pass, and how many pass. */
export async function listInvitations(
  store: Store,
  filter: InvitationFilter,
  order: Order<InvitationOrder>,
  page: Page,
): Promise<Listed<Invitation>> {
  const bound = bindings(store.instanceId, store.now())
  const where = ['i.instance_id = $1']
  if (filter.status === undefined) where.push(`(${statusNow}) <> 'revoked'`)
  else where.push(`(${statusNow}) = ${bound.bind(filter.status)}`)
  if (filter.query !== undefined) {
    const pattern = bound.bind(containing(filter.query))
    where.push(`(i.email_address ilike ${pattern} or i.id ilike ${pattern})`)
  }
  const from = `from clerk.invitations i where ${where.join(' and ')}`
  const orderBy = `i.${order.column} ${order.direction}, i.position ${order.direction}`
  return readPage(store, { columns, from, orderBy }, bound, page)
}
