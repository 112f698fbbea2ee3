// Who asks, in the organization that the path names.

import { requirePermitted } from '../../../directory/organizations/require-permitted.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import type { OrganizationSettings } from '../../../state/instance/instance-settings.ts'
import type { Membership } from '../../../state/organizations/memberships.ts'
import { pathValue, type SessionRequest } from '../../frontend-request.ts'

/**
 * The membership of the session's user, if its role holds one of the permissions (none asked: any role). Refuses
 * outsiders, members of other roles, and every request where organizations are off.
 */
export async function requireActing(request: SessionRequest, ...oneOf: readonly string[]): Promise<Membership> {
  await requireOrganizations(request)
  const id = pathValue(request, 'organization_id')
  return requirePermitted(request.store, id, request.session.userId, ...oneOf)
}

/** The settings of organizations. Refuses where they are off. */
export async function requireOrganizations({ instance }: SessionRequest): Promise<OrganizationSettings> {
  const { organizations } = (await instance.snapshot()).settings
  if (!organizations.enabled) throw new ClerkRefusal('organization_not_enabled_in_instance', {})
  return organizations
}
