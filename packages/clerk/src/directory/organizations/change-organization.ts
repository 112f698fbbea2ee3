// Changes of an organization's record and its end, from either door, each with its event.

import { recordOrganization, recordOrganizationDeleted } from '../../outbox/events/organization-events.ts'
import { deleteImage } from '../../state/people/images.ts'
import {
  deleteOrganization as removeOrganization,
  type Organization,
  type OrganizationColumns,
  requireOrganizationLocked,
  updateOrganization,
} from '../../state/organizations/organizations.ts'
import type { Store } from '../../state/database/store.ts'

/** Changes an organization by what it is now; its row is locked meanwhile. Refuses an unknown one, and a slug that is taken. */
export function changeOrganization(
  store: Store,
  idOrSlug: string,
  change: (organization: Organization) => OrganizationColumns,
): Promise<void> {
  return store.atomically(async (inner) => {
    const organization = await requireOrganizationLocked(inner, idOrSlug)
    await updateOrganization(inner, organization.id, change(organization))
    await recordOrganization(inner, 'updated', organization.id)
  })
}

/** Deletes an organization with all that hangs on it. Refuses an unknown one. */
export function deleteOrganization(store: Store, id: string): Promise<void> {
  return store.atomically(async (inner) => {
    const { slug, imageId } = await requireOrganizationLocked(inner, id)
    await removeOrganization(inner, id)
    await deleteImage(inner, imageId)
    await recordOrganizationDeleted(inner, id, slug)
  })
}
