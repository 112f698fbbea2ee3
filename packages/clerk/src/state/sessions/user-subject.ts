// What a token would say of a user who need not be signed in: for previews, which no session is opened for.

import { notFound } from '../../refusal/not-found.ts'
import type { ActiveOrganization, SubjectUser, TokenSubject } from '../../tokens/token-subject.ts'
import type { Store } from '../database/store.ts'
import { organizationObject, userObject } from './subject-columns.ts'

interface SubjectRow {
  readonly user: Omit<SubjectUser, 'imageUrl'> & { readonly imageId: string | null }
  readonly organization: ActiveOrganization | null
}

const text = /* sql */ `
select ${userObject} as user, ${organizationObject} as organization
from clerk.users u
left join clerk.email_addresses e on e.instance_id = u.instance_id and e.id = u.primary_email_address_id
left join clerk.phone_numbers p on p.instance_id = u.instance_id and p.id = u.primary_phone_number_id
left join clerk.organization_memberships m on m.instance_id = u.instance_id
  and m.organization_id = $3 and m.user_id = u.id
left join clerk.organizations o on o.instance_id = m.instance_id and o.id = m.organization_id
where u.instance_id = $1 and u.id = $2`

/**
 * The subject of a session that the user might have just opened, in one of her organizations or (null) in none. Refuses
 * an unknown user, and an organization she is not in.
 */
export async function requireUserSubject(
  store: Store,
  userId: string,
  organizationId: string | null,
): Promise<TokenSubject> {
  const [row] = await store.db.query<SubjectRow>(text, [store.instanceId, userId, organizationId])
  if (row === undefined) throw notFound('user', userId)
  if (organizationId !== null && row.organization === null) throw notFound('organization', organizationId)
  return {
    sessionId: 'sess_preview',
    sessionStatus: 'active',
    firstFactorVerifiedAt: store.now(),
    secondFactorVerifiedAt: null,
    actor: null,
    user: { ...row.user, imageUrl: store.imageUrlOf(row.user.id, row.user.imageId) },
    organization: row.organization,
  }
}
