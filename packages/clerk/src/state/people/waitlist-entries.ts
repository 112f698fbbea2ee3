// The waiting list: addresses that asked to come in, and what was answered.

import { notFound } from '../../refusal/not-found.ts'
import { newId } from '../database/ids.ts'
import { type Listed, type Order, type Page, readPage } from '../database/page.ts'
import { assignments, bindings, containing } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export const waitlistStatuses = ['pending', 'invited', 'rejected', 'completed'] as const

export type WaitlistStatus = (typeof waitlistStatuses)[number]

export interface WaitlistEntry {
  readonly id: string
  readonly emailAddress: string
  readonly status: WaitlistStatus
  readonly invitationId: string | null
  readonly invitedAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

export interface WaitlistFilter {
  readonly status?: WaitlistStatus | undefined
  readonly query?: string | undefined
}

/** What entries can be sorted by. */
export const waitlistOrders = ['created_at', 'email_address', 'invited_at'] as const

export type WaitlistOrder = (typeof waitlistOrders)[number]

const columns = /* sql */ `
  id, email_address as "emailAddress", status, invitation_id as "invitationId", invited_at as "invitedAt",
  created_at as "createdAt", updated_at as "updatedAt"`

/** Adds an address; null when it is on the list already. */
export async function insertWaitlistEntry(store: Store, emailAddress: string): Promise<WaitlistEntry | null> {
  const [inserted] = await store.db.query<WaitlistEntry>(
    `insert into clerk.waitlist_entries (instance_id, id, email_address, status, created_at, updated_at)
     values ($1, $2, $3, 'pending', $4, $4) on conflict on constraint waitlist_entries_once do nothing
     returning ${columns}`,
    [store.instanceId, newId('wle'), emailAddress, store.now()],
  )
  return inserted ?? null
}

/** The entry of an address, if it is on the list. */
export async function findWaitlistEntry(store: Store, emailAddress: string): Promise<WaitlistEntry | null> {
  const [found] = await store.db.query<WaitlistEntry>(
    `select ${columns} from clerk.waitlist_entries where instance_id = $1 and email_address = $2`,
    [store.instanceId, emailAddress],
  )
  return found ?? null
}

/** The entry, locked to the end of the transaction. Refuses an unknown id. */
export async function requireWaitlistEntry(store: Store, id: string): Promise<WaitlistEntry> {
  const [found] = await store.db.query<WaitlistEntry>(
    `select ${columns} from clerk.waitlist_entries where instance_id = $1 and id = $2 for update`,
    [store.instanceId, id],
  )
  if (found === undefined) throw notFound('waitlist_entry', id)
  return found
}

/** What may change about an entry. */
export interface WaitlistChange {
  readonly status: WaitlistStatus
  readonly invitation_id?: string
  readonly invited_at?: number
}

/** Changes an entry. */
export async function updateWaitlistEntry(store: Store, id: string, change: WaitlistChange): Promise<WaitlistEntry> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...change, updated_at: store.now() }, bound)
  const [updated] = await store.db.query<WaitlistEntry>(
    `update clerk.waitlist_entries set ${set} where instance_id = $1 and id = $2 returning ${columns}`,
    bound.values,
  )
  if (updated === undefined) throw notFound('waitlist_entry', id)
  return updated
}

/** Deletes an entry. */
export async function deleteWaitlistEntry(store: Store, id: string): Promise<void> {
  await store.db.query('delete from clerk.waitlist_entries where instance_id = $1 and id = $2', [store.instanceId, id])
}

/** One page of the entries that pass, and how many pass. Entries that were never invited sort last by `invited_at`. */
export async function listWaitlistEntries(
  store: Store,
  filter: WaitlistFilter,
  order: Order<WaitlistOrder>,
  page: Page,
): Promise<Listed<WaitlistEntry>> {
  const bound = bindings(store.instanceId)
  const where = ['instance_id = $1']
  if (filter.status !== undefined) where.push(`status = ${bound.bind(filter.status)}`)
  if (filter.query !== undefined) {
    const pattern = bound.bind(containing(filter.query))
    where.push(`(email_address ilike ${pattern} or id ilike ${pattern})`)
  }
  const from = `from clerk.waitlist_entries where ${where.join(' and ')}`
  const orderBy = `${order.column} ${order.direction} nulls last, position ${order.direction}`
  return readPage(store, { columns, from, orderBy }, bound, page)
}
