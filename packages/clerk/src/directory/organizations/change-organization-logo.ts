// An organization's logo, from either door.

import type { Picture } from '../../parameters/picture/require-picture.ts'
import { recordOrganization } from '../../outbox/events/organization-events.ts'
import { deleteImage, insertImage } from '../../state/people/images.ts'
import { requireOrganizationLocked, updateOrganization } from '../../state/organizations/organizations.ts'
import type { Store } from '../../state/database/store.ts'

/** Shows a picture in the place of the one before; null shows the drawn one again. Refuses an unknown organization. */
export function setOrganizationLogo(store: Store, organizationId: string, picture: Picture | null): Promise<void> {
  return store.atomically(async (inner) => {
    const { id, imageId } = await requireOrganizationLocked(inner, organizationId)
    const added = picture === null ? null : await insertImage(inner, picture)
    await updateOrganization(inner, id, { logo_image_id: added })
    await deleteImage(inner, imageId)
    await recordOrganization(inner, 'updated', id)
  })
}
