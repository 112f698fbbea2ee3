// What of a seed leads into its organizations. What is there already stays as it is.

import { newId } from '../database/ids.ts'
import { findMembershipByEmail } from '../organizations/memberships.ts'
import { insertDomain, listDomains } from '../organizations/organization-domains.ts'
import { insertOrganizationInvitation, listOrganizationInvitations } from '../organizations/organization-invitations.ts'
import { requireRoleKey } from '../organizations/roles.ts'
import type { Store } from '../database/store.ts'
import type { SeedDomain, SeedInvitation } from './parse-seed.ts'

const thirtyDays = 2_592_000_000
const oneRow = { limit: 1, offset: 0 }

/** Gives an organization a domain, proven. Refuses one that another organization has proven. */
export async function putDomain(store: Store, organizationId: string, domain: SeedDomain): Promise<void> {
  const filter = { organizationId, names: [domain.name], enrollmentModes: [] }
  const { total } = await listDomains(store, filter, { column: 'name', direction: 'asc' }, oneRow)
  if (total > 0) return
  await insertDomain(store, newId('orgdmn'), organizationId, domain.name, {
    enrollment_mode: domain.enrollmentMode,
    affiliation_status: 'verified',
    affiliation_strategy: 'admin',
    affiliation_verified_at: store.now(),
  })
}

/** Invites an address that was never invited and is no member's; without a letter. Refuses an unknown role. */
export async function putInvitation(store: Store, organizationId: string, invitation: SeedInvitation): Promise<void> {
  const { emailAddress } = invitation
  const filter = { organizationId, emailAddresses: [emailAddress], statuses: [] }
  const order = { column: 'created_at', direction: 'asc' } as const
  const { total } = await listOrganizationInvitations(store, filter, order, oneRow)
  if (total > 0 || (await findMembershipByEmail(store, organizationId, emailAddress)) !== null) return
  await insertOrganizationInvitation(store, newId('orginv'), {
    organization_id: organizationId,
    email_address: emailAddress,
    role: await requireRoleKey(store, invitation.role),
    lifetime: thirtyDays,
  })
}
