// Everything a token says about a session, in one prepared statement.

import { notFound } from '../../refusal/not-found.ts'
import type { ActiveOrganization, SubjectUser, TokenSubject } from '../../tokens/token-subject.ts'
import type { Store } from '../database/store.ts'
import { organizationObject, userObject } from './subject-columns.ts'

interface SubjectRow {
  readonly status: 'active' | 'pending'
  readonly firstFactorVerifiedAt: number | null
  readonly secondFactorVerifiedAt: number | null
  readonly actor: TokenSubject['actor']
  readonly user: Omit<SubjectUser, 'imageUrl'> & { readonly imageId: string | null }
  readonly organization: ActiveOrganization | null
}

const text = /* sql */ `
select s.status, s.first_factor_verified_at as "firstFactorVerifiedAt",
  s.second_factor_verified_at as "secondFactorVerifiedAt", s.actor,
  ${userObject} as user,
  ${organizationObject} as organization
from clerk.sessions s
join clerk.users u on u.instance_id = s.instance_id and u.id = s.user_id
left join clerk.email_addresses e on e.instance_id = u.instance_id and e.id = u.primary_email_address_id
left join clerk.phone_numbers p on p.instance_id = u.instance_id and p.id = u.primary_phone_number_id
left join clerk.organization_memberships m on m.instance_id = s.instance_id
  and m.organization_id = case when $4 then $5 else s.active_organization_id end and m.user_id = s.user_id
left join clerk.organizations o on o.instance_id = m.instance_id and o.id = m.organization_id
where s.instance_id = $1 and s.id = $2 and s.status in ('active', 'pending')
  and s.expire_at > $3 and s.abandon_at > $3 and not u.banned`

/**
 * What a session's tokens say, in its active organization or in another of the user's (null: in none). Refuses a session
 * that is unknown, over, or of a banned user, and an organization the user is not in.
 */
export async function requireTokenSubject(
  store: Store,
  sessionId: string,
  organizationId?: string | null,
): Promise<TokenSubject> {
  const [row] = await store.db.query<SubjectRow>(
    text,
    [store.instanceId, sessionId, store.now(), organizationId !== undefined, organizationId ?? null],
    'clerk-token-subject',
  )
  if (row === undefined) throw notFound('session', `${sessionId} that is active`)
  if (typeof organizationId === 'string' && row.organization === null) throw notFound('organization', organizationId)
  return {
    sessionId,
    sessionStatus: row.status,
    firstFactorVerifiedAt: row.firstFactorVerifiedAt,
    secondFactorVerifiedAt: row.secondFactorVerifiedAt,
    actor: row.actor,
    user: { ...row.user, imageUrl: store.imageUrlOf(row.user.id, row.user.imageId) },
    organization: row.organization,
  }
}
