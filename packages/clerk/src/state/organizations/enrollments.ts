// Who may join an organization because of her address, and has not been told yet.

import type { EnrollmentMode } from './organization-domains.ts'
import { domainIsVerified } from './organization-domains.ts'
import type { Store } from '../database/store.ts'

/** A user whose verified address is at a verified domain. */
export interface Enrollment {
  readonly mode: Exclude<EnrollmentMode, 'manual_invitation'>
  readonly organizationId: string
  readonly domainId: string
  readonly userId: string
  readonly emailAddress: string
}

/** Those that are due: of one user, or through one domain. Who was invited through the domain before is not again, unless the time was over. */
export async function dueEnrollments(
  store: Store,
  { userId, domainId }: { readonly userId?: string; readonly domainId?: string },
): Promise<readonly Enrollment[]> {
  return store.db.query<Enrollment>(
    `select d.enrollment_mode as mode, d.organization_id as "organizationId", d.id as "domainId",
       e.user_id as "userId", e.email_address as "emailAddress"
     from clerk.organization_domains d
     join clerk.organizations o on o.instance_id = d.instance_id and o.id = d.organization_id
     join clerk.email_addresses e on e.instance_id = d.instance_id and e.verification_status = 'verified'
       and split_part(e.email_address, '@', 2) = d.name
     where d.instance_id = $1 and ${domainIsVerified} and d.enrollment_mode <> 'manual_invitation'
       and o.max_allowed_memberships = 0
       and ($2::text is null or e.user_id = $2) and ($3::text is null or d.id = $3)
       and not exists (select from clerk.organization_memberships m
         where m.instance_id = d.instance_id and m.organization_id = d.organization_id and m.user_id = e.user_id)
       and case d.enrollment_mode
         when 'automatic_invitation' then not exists (
           select from clerk.organization_invitations i
           where i.instance_id = d.instance_id and i.organization_id = d.organization_id
             and i.email_address = e.email_address
             and ((i.status = 'pending' and i.expires_at > $4)
               or (i.domain_id = d.id and i.status in ('accepted', 'revoked'))))
         else not exists (
           select from clerk.organization_suggestions s
           where s.instance_id = d.instance_id and s.organization_id = d.organization_id and s.user_id = e.user_id)
       end
     order by d.position, e.position`,
    [store.instanceId, userId ?? null, domainId ?? null, store.now()],
  )
}

/** Locks organizations, in an order that all agree on, to the end of the transaction: who invites people locks them too. */
export async function lockOrganizations(store: Store, ids: readonly string[]): Promise<void> {
  await store.db.query(
    'select 1 from clerk.organizations where instance_id = $1 and id = any($2) order by id for update',
    [store.instanceId, ids],
  )
}
