// Enrollment: people whose verified address is at an organization's verified domain are invited to it, or are
// suggested to ask. It happens when a domain begins to enroll, and when a person looks at what she may join.

import { recordInvitation } from '../../outbox/events/organization-events.ts'
import { newId } from '../../state/database/ids.ts'
import { dueEnrollments, type Enrollment, lockOrganizations } from '../../state/organizations/enrollments.ts'
import type { OrganizationSettings } from '../../state/instance/instance-settings.ts'
import { insertOrganizationInvitation } from '../../state/organizations/organization-invitations.ts'
import { insertSuggestion } from '../../state/organizations/organization-suggestions.ts'
import type { Store } from '../../state/database/store.ts'
import { invitationDays } from './organization-invitations.ts'

const day = 86_400_000

/** Invites or suggests what is due for one user, or through one domain. */
export async function enrollByDomain(
  store: Store,
  settings: OrganizationSettings,
  whom: { readonly userId: string } | { readonly domainId: string },
): Promise<void> {
  if (!settings.domainsEnabled) return
  const organizations = new Set((await dueEnrollments(store, whom)).map(({ organizationId }) => organizationId))
  if (organizations.size === 0) return
  await store.atomically(async (inner) => {
    await lockOrganizations(inner, [...organizations])
    // Read again: somebody else may have invited her before the lock was ours.
    for (const enrollment of await dueEnrollments(inner, whom)) {
      if (!organizations.has(enrollment.organizationId) || !settings.enrollmentModes.includes(enrollment.mode)) continue
      if (enrollment.mode === 'automatic_suggestion') await insertSuggestion(inner, enrollment)
      else await invite(inner, settings, enrollment)
    }
  })
}

/** Without a letter: she sees it where she sees her organizations. */
async function invite(
  store: Store,
  { defaultRole }: OrganizationSettings,
  { organizationId, domainId, emailAddress }: Enrollment,
): Promise<void> {
  const id = newId('orginv')
  await insertOrganizationInvitation(store, id, {
    organization_id: organizationId,
    email_address: emailAddress,
    role: defaultRole,
    lifetime: invitationDays * day,
    domain_id: domainId,
  })
  await recordInvitation(store, 'created', id)
}
