// A new organization, from either door: the record, its first member, and their events.

import { recordOrganization } from '../../outbox/events/organization-events.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { newId } from '../../state/database/ids.ts'
import {
  insertOrganization,
  insertWhereFree,
  type OrganizationColumns,
} from '../../state/organizations/organizations.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'
import { slugOf } from '../../parameters/identifiers.ts'
import { addMember } from './change-membership.ts'

export interface NewOrganization {
  readonly columns: OrganizationColumns & { readonly name: string; readonly max_allowed_memberships: number }
  /** A slug whose form was checked; null makes one of the name. */
  readonly slug: string | null
  /** Who becomes the first member, in `creatorRole`; null for none. */
  readonly creatorId: string | null
  readonly creatorRole: string
}

/** Creates an organization and hands back its id. Refuses a slug that is taken, and an unknown creator. */
export function createOrganization(store: Store, organization: NewOrganization): Promise<string> {
  const { creatorId, creatorRole } = organization
  return store.atomically(async (inner) => {
    if (creatorId !== null) await requireCreator(inner, creatorId)
    const id = newId('org')
    await insert(inner, id, organization)
    await recordOrganization(inner, 'created', id)
    if (creatorId !== null) await addMember(inner, { organizationId: id, userId: creatorId, role: creatorRole })
    return id
  })
}

/** Without a slug one is made of the name, told apart by chance where that one is taken. */
async function insert(store: Store, id: string, { columns, slug, creatorId }: NewOrganization): Promise<void> {
  const row = { ...columns, slug: slug ?? slugOf(columns.name), created_by: creatorId }
  if (slug !== null) await insertOrganization(store, id, row)
  else if (!(await insertWhereFree(store, id, row))) {
    await insertOrganization(store, id, { ...row, slug: `${row.slug}-${newId('org').slice(-10).toLowerCase()}` })
  }
}

async function requireCreator(store: Store, userId: string): Promise<void> {
  try {
    await requireUser(store, userId)
  } catch (error) {
    throw new ClerkRefusal('organization_creator_not_found', { userId }, { cause: error })
  }
}
