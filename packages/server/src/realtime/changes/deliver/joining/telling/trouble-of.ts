// Why a subscription that is in order, or was, hears nothing of the table that it names.

import { policiesFor } from '../../../tables/policies-for.ts'
import type { RoleFacts, TableFacts } from '../../../tables/table-facts.ts'
import type { Subscription } from '../../routes/listener.ts'
import { type Said, sayNoPolicy, sayNothingToHear, sayUngranted, sayUnpublished } from '../say-subscribed.ts'

export interface Trouble extends Said {
  /** `refused` has no place; the others have theirs all the same, and hear of the table once that is put right. */
  readonly kind: 'refused' | 'unpublished' | 'unreadable'
}

/** As of when it was last put in its place. A subscription to a whole schema has none: it names no table. */
export function troubleOf({ request, seats, refusedFor }: Subscription, publication: string): Trouble | null {
  if (refusedFor !== null) return { kind: 'refused', ...refusedFor }
  const [seat] = seats
  if (request.table === null || seat === undefined) return null
  const { table, role } = seat
  if (!table.isPublished) {
    return { kind: 'unpublished', ...sayNothingToHear(request, sayUnpublished(table, publication)) }
  }
  const message = unreadableFor(table, role)
  return message === null ? null : { kind: 'unreadable', message, hint: null }
}

function unreadableFor(table: TableFacts, role: RoleFacts): string | null {
  if (mayReadNothing(table, role)) return sayUngranted(table, role)
  if (!table.rowSecurity || role.bypassesRowSecurity) return null
  const isOpened = policiesFor(table, role).some(({ isPermissive }) => isPermissive)
  return isOpened ? null : sayNoPolicy(table, role)
}

/** The role lacks the right to select from the table at all. */
export function mayReadNothing({ columns }: TableFacts, { readableColumns }: RoleFacts): boolean {
  return columns.length > 0 && readableColumns.size === 0
}
