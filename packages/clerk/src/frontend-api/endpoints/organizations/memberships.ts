// The members of an organization, as they see and manage each other.

import { addMember, changeMember, removeMember } from '../../../directory/organizations/change-membership.ts'
import { requireText } from '../../../parameters/body.ts'
import { manyValues, oneValue, orderOf, pageOf } from '../../../parameters/query.ts'
import { everyUser } from '../../../state/people/find-users.ts'
import {
  listMemberships,
  type Membership,
  type MembershipOrder,
  membershipOrders,
} from '../../../state/organizations/memberships.ts'
import {
  type FrontendAnswer,
  type FrontendEndpoint,
  listOf,
  pathValue,
  resource,
  type SessionRequest,
} from '../../frontend-request.ts'
import { membershipResource } from '../../resources/organization.ts'
import { requireActing } from './acting-member.ts'

const all = '/v1/organizations/:organization_id/memberships'
const one = `${all}/:user_id`
const manage = 'org:sys_memberships:manage'

export const organizationMembershipEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: all, access: 'session', answer: list },
  { method: 'POST', path: all, access: 'session', answer: add },
  { method: 'PATCH', path: one, access: 'session', answer: changeRole },
  { method: 'DELETE', path: one, access: 'session', answer: remove },
]

async function list(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, query } = request
  const { organization } = await requireActing(request, 'org:sys_memberships:read', manage)
  const columns = Object.keys(membershipOrders) as MembershipOrder[]
  const memberships = await listMemberships(
    store,
    {
      organizationId: organization.id,
      users: { ...everyUser, query: oneValue(query, 'query') },
      roles: manyValues(query, 'role'),
    },
    orderOf(query, columns, { column: 'created_at', direction: 'desc' }),
    pageOf(query),
  )
  return listOf(query, memberships, (membership) => membershipResource(membership, store.imageUrlOf))
}

async function add(request: SessionRequest): Promise<FrontendAnswer> {
  const { organization } = await requireActing(request, manage)
  const userId = requireText(request.form, 'user_id')
  const role = requireText(request.form, 'role')
  return shown(request, await addMember(request.store, { organizationId: organization.id, userId, role }))
}

async function changeRole(request: SessionRequest): Promise<FrontendAnswer> {
  const { organization } = await requireActing(request, manage)
  const role = requireText(request.form, 'role')
  const userId = pathValue(request, 'user_id')
  const change = () => ({ role })
  return shown(request, await changeMember(request.store, organization.id, userId, change, 'somebody who manages'))
}

/** Answers with the membership as it was. */
async function remove(request: SessionRequest): Promise<FrontendAnswer> {
  const { organization } = await requireActing(request, manage)
  const userId = pathValue(request, 'user_id')
  return shown(request, await removeMember(request.store, organization.id, userId, 'somebody who manages'))
}

function shown({ store }: SessionRequest, membership: Membership): FrontendAnswer {
  return resource(membershipResource(membership, store.imageUrlOf))
}
