// The endpoints of memberships.

import { addMember, changeMember, removeMember } from '../../directory/organizations/change-membership.ts'
import {
  listMemberships,
  type Membership,
  type MembershipColumns,
  type MembershipOrder,
  membershipOrders,
} from '../../state/organizations/memberships.ts'
import { requireOrganization } from '../../state/organizations/organizations.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'
import { optionalObject, requireBody, requireText } from '../../parameters/body.ts'
import { mergedField } from '../../parameters/metadata.ts'
import { manyValues, orderOf, pageOf } from '../../parameters/query.ts'
import { listing } from '../../resources/listing.ts'
import { membershipResource } from '../../resources/organization.ts'
import { userFilterOf } from './user-filter.ts'

const ofOrganization = '/organizations/:organization_id/memberships'

export const membershipEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/organization_memberships', answer: membershipsOfInstance },
  { method: 'GET', path: ofOrganization, answer: membershipsOfOrganization },
  { method: 'POST', path: ofOrganization, answer: createMembership },
  { method: 'PATCH', path: `${ofOrganization}/:user_id`, answer: changeRole },
  { method: 'PATCH', path: `${ofOrganization}/:user_id/metadata`, answer: mergeMetadata },
  { method: 'DELETE', path: `${ofOrganization}/:user_id`, answer: removeMembership },
]

const metadata = ['public_metadata', 'private_metadata']

async function membershipsOfInstance(request: BackendRequest): Promise<object> {
  return membershipListing(request, undefined)
}

async function membershipsOfOrganization(request: BackendRequest): Promise<object> {
  const organization = await requireOrganization(request.store, pathValue(request, 'organization_id'))
  return membershipListing(request, organization.id)
}

async function membershipListing(request: BackendRequest, organizationId: string | undefined): Promise<object> {
  const { store, query } = request
  const columns = Object.keys(membershipOrders) as MembershipOrder[]
  const order = orderOf(query, columns, { column: 'created_at', direction: 'desc' })
  const filter = {
    ...(organizationId === undefined ? {} : { organizationId }),
    users: userFilterOf(query),
    roles: manyValues(query, 'role'),
  }
  const list = await listMemberships(store, filter, order, pageOf(query))
  return listing(list, (membership) => membershipResource(membership, store.imageUrlOf))
}

async function createMembership(request: BackendRequest): Promise<object> {
  const { store } = request
  const body = requireBody(request.body, ['user_id', 'role', ...metadata])
  const userId = requireText(body, 'user_id')
  const role = requireText(body, 'role')
  const { id } = await requireOrganization(store, pathValue(request, 'organization_id'))
  const created = await addMember(store, {
    organizationId: id,
    userId,
    role,
    public_metadata: optionalObject(body, 'public_metadata') ?? undefined,
    private_metadata: optionalObject(body, 'private_metadata') ?? undefined,
  })
  return membershipResource(created, store.imageUrlOf)
}

async function changeRole(request: BackendRequest): Promise<object> {
  const role = requireText(requireBody(request.body, ['role']), 'role')
  return changed(request, () => ({ role }))
}

async function mergeMetadata(request: BackendRequest): Promise<object> {
  const body = requireBody(request.body, metadata)
  return changed(request, ({ publicMetadata, privateMetadata }) => ({
    public_metadata: mergedField(body, 'public_metadata', publicMetadata),
    private_metadata: mergedField(body, 'private_metadata', privateMetadata),
  }))
}

async function changed(
  request: BackendRequest,
  change: (membership: Membership) => MembershipColumns,
): Promise<object> {
  const { store } = request
  const { id } = await requireOrganization(store, pathValue(request, 'organization_id'))
  return membershipResource(await changeMember(store, id, pathValue(request, 'user_id'), change), store.imageUrlOf)
}

/** Answers with the membership as it was. */
async function removeMembership(request: BackendRequest): Promise<object> {
  const { store } = request
  const { id } = await requireOrganization(store, pathValue(request, 'organization_id'))
  return membershipResource(await removeMember(store, id, pathValue(request, 'user_id')), store.imageUrlOf)
}
