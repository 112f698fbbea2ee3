// Domains of organizations, from either door, each change with its event. A verified domain may enroll people.

import { recordDomain, recordDomainDeleted } from '../../outbox/events/organization-events.ts'
import { commonEmailDomains } from '../../parameters/common-email-domains.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { newId } from '../../state/database/ids.ts'
import { allowedModes, type OrganizationSettings } from '../../state/instance/instance-settings.ts'
import {
  deleteDomain as deleteRecord,
  type DomainColumns,
  type EnrollmentMode,
  insertDomain,
  listDomains,
  type OrganizationDomain,
  requireDomain,
  updateDomain,
  withdrawPending,
} from '../../state/organizations/organization-domains.ts'
import { type Organization, requireOrganizationLocked } from '../../state/organizations/organizations.ts'
import type { Store } from '../../state/database/store.ts'
import { enrollByDomain } from './enroll-by-domain.ts'

/** The domains an organization may have at most. */
export const mostDomains = 10

export interface NewDomain {
  readonly organizationId: string
  /** In lower case. */
  readonly name: string
  readonly mode: EnrollmentMode
  /** Vouched for by the Backend API. */
  readonly verified: boolean
}

/** Adds a domain. Refuses where domains are off, a mailbox provider's, one that is taken, one too many, and modes that are not allowed. */
export function addDomain(
  store: Store,
  settings: OrganizationSettings,
  domain: NewDomain,
): Promise<OrganizationDomain> {
  if (!settings.domainsEnabled) throw new ClerkRefusal('organization_domains_not_enabled', {})
  if (commonEmailDomains.has(domain.name)) throw new ClerkRefusal('organization_domain_common', {})
  return store.atomically(async (inner) => {
    const organization = await requireOrganizationLocked(inner, domain.organizationId)
    requireMode(settings, organization, domain.mode)
    const filter = { organizationId: organization.id, enrollmentModes: [] }
    const { total } = await listDomains(inner, filter, { column: 'name', direction: 'asc' }, { limit: 1, offset: 0 })
    if (total >= mostDomains) throw new ClerkRefusal('organization_domain_quota_exceeded', { most: mostDomains })
    const id = newId('orgdmn')
    await insertDomain(inner, id, organization.id, domain.name, {
      enrollment_mode: domain.mode,
      ...(domain.verified && verifiedNow(inner, 'admin')),
    })
    await enrollByDomain(inner, settings, { domainId: id })
    const added = await requireDomain(inner, organization.id, id)
    await recordDomain(inner, 'created', added)
    return added
  })
}

/** What may change about a domain. */
export interface DomainChange {
  readonly mode?: EnrollmentMode | undefined
  readonly verified?: boolean | undefined
  readonly ownershipVerified?: true | undefined
  /** Take back what the domain made and nobody has taken up. */
  readonly withdraw?: boolean | undefined
}

/** Changes a domain. Refuses an unknown one, one that another organization has verified, and modes that are not allowed. */
export function changeDomain(
  store: Store,
  settings: OrganizationSettings,
  organizationId: string,
  id: string,
  change: DomainChange,
): Promise<OrganizationDomain> {
  return store.atomically(async (inner) => {
    const organization = await requireOrganizationLocked(inner, organizationId)
    await requireDomain(inner, organization.id, id)
    if (change.mode !== undefined) requireMode(settings, organization, change.mode)
    if (change.withdraw === true) await withdrawPending(inner, id)
    await updateDomain(inner, id, columnsOf(inner, change))
    await enrollByDomain(inner, settings, { domainId: id })
    const changed = await requireDomain(inner, organization.id, id)
    await recordDomain(inner, 'updated', changed)
    return changed
  })
}

/** Removes a domain with its suggestions and pending invitations. Refuses an unknown one. */
export function removeDomain(store: Store, organizationId: string, id: string): Promise<void> {
  return store.atomically(async (inner) => {
    await requireDomain(inner, organizationId, id)
    await deleteRecord(inner, id)
    await recordDomainDeleted(inner, id)
  })
}

/** Whether the domain is proven one way or the other. */
export function isVerified({ affiliation, ownershipVerifiedAt }: OrganizationDomain): boolean {
  return affiliation?.status === 'verified' || ownershipVerifiedAt !== null
}

/** The columns of a domain whose affiliation is proven as of now. */
export function verifiedNow(store: Store, strategy: string): DomainColumns {
  return {
    affiliation_status: 'verified',
    affiliation_strategy: strategy,
    affiliation_verified_at: store.now(),
    affiliation_expire_at: null,
  }
}

function columnsOf(store: Store, { mode, verified, ownershipVerified }: DomainChange): DomainColumns {
  return {
    enrollment_mode: mode,
    ownership_verified_at: ownershipVerified === true ? store.now() : undefined,
    ...(verified === true && verifiedNow(store, 'admin')),
    ...(verified === false && { affiliation_status: null, affiliation_verified_at: null }),
  }
}

/** By hand is always possible; the others as the instance allows, and where any number may join. */
function requireMode(settings: OrganizationSettings, organization: Organization, mode: EnrollmentMode): void {
  if (!settings.domainsEnabled) throw new ClerkRefusal('organization_domains_not_enabled', {})
  if (mode === 'manual_invitation') return
  if (!allowedModes(settings).includes(mode)) {
    throw new ClerkRefusal('organization_domain_enrollment_mode_not_enabled', { mode })
  }
  if (organization.maxAllowedMemberships > 0) throw new ClerkRefusal('organization_unlimited_membership_required', {})
}
