// Who belongs to an organization, from either door, each change with its event.

import { recordMembership } from '../../outbox/events/organization-events.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import {
  deleteMembership,
  insertMembership,
  type Membership,
  type MembershipColumns,
  membersWithAll,
  requireMembership,
  updateMembership,
} from '../../state/organizations/memberships.ts'
import { requireOrganizationLocked } from '../../state/organizations/organizations.ts'
import { requireRoleKey } from '../../state/organizations/roles.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'

export interface NewMember extends MembershipColumns {
  readonly organizationId: string
  readonly userId: string
  readonly role: string
}

/** Whether an organization may be left with nobody who can manage it. Only the Backend API may do that. */
export type Remainder = 'anybody' | 'somebody who manages'

/** Without a member who holds all of these, an organization can no longer be managed. */
export const managingPermissions = ['org:sys_memberships:read', 'org:sys_memberships:manage', 'org:sys_profile:delete']

/** Adds a member. Refuses an unknown organization, user or role, one who is in already, and one too many. */
export function addMember(store: Store, { organizationId, userId, ...row }: NewMember): Promise<Membership> {
  return store.atomically(async (inner) => {
    // The limit is counted under this lock, so that two requests cannot both take the last place.
    const organization = await requireOrganizationLocked(inner, organizationId)
    await requireUser(inner, userId)
    await insertMembership(inner, organization, userId, row)
    const membership = await requireMembership(inner, organization.id, userId)
    await recordMembership(inner, 'created', membership)
    return membership
  })
}

/** Changes a membership by what it is now. Refuses an unknown role, somebody who is no member, and the last manager's demotion. */
export function changeMember(
  store: Store,
  organizationId: string,
  userId: string,
  change: (membership: Membership) => MembershipColumns,
  remainder: Remainder = 'anybody',
): Promise<Membership> {
  return store.atomically(async (inner) => {
    await requireOrganizationLocked(inner, organizationId)
    const columns = change(await requireMembership(inner, organizationId, userId))
    const role = columns.role === undefined ? undefined : await requireRoleKey(inner, columns.role)
    await updateMembership(inner, organizationId, userId, { ...columns, role })
    await requireRemainder(inner, organizationId, remainder)
    const membership = await requireMembership(inner, organizationId, userId)
    await recordMembership(inner, 'updated', membership)
    return membership
  })
}

/** Takes a member out and hands back what she was. Refuses somebody who is no member, and the last manager. */
export function removeMember(
  store: Store,
  organizationId: string,
  userId: string,
  remainder: Remainder = 'anybody',
): Promise<Membership> {
  return store.atomically(async (inner) => {
    await requireOrganizationLocked(inner, organizationId)
    const membership = await requireMembership(inner, organizationId, userId)
    await deleteMembership(inner, organizationId, userId)
    await requireRemainder(inner, organizationId, remainder)
    await recordMembership(inner, 'deleted', membership)
    return membership
  })
}

async function requireRemainder(store: Store, organizationId: string, remainder: Remainder): Promise<void> {
  if (remainder === 'anybody' || (await membersWithAll(store, organizationId, managingPermissions)) > 0) return
  throw new ClerkRefusal('organization_minimum_permissions_needed', {})
}
