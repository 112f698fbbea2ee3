// The endpoints of memberships, and the reading of roles.

import {
  deleteMembership,
  insertMembership,
  listMemberships,
  type Membership,
  type MembershipOrder,
  membershipOrders,
  requireMembership,
  updateMembership as writeMembership,
} from '../../state/memberships.ts'
import { requireOrganization, requireOrganizationLocked } from '../../state/organizations.ts'
import { listRoles, requireRole } from '../../state/roles.ts'
import { requireUser } from '../../state/users.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'
import { optionalObject, requireBody, requireText } from '../../parameters/body.ts'
import { mergedField } from '../../parameters/metadata.ts'
import { manyValues, oneValue, orderOf, pageOf } from '../../parameters/query.ts'
import { listing } from '../../resources/listing.ts'
import { membershipResource, roleResource } from '../../resources/organization.ts'
import { userFilterOf } from './user-filter.ts'

const ofOrganization = '/organizations/:organization_id/memberships'

export const membershipEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/organization_memberships', answer: membershipsOfInstance },
  { method: 'GET', path: ofOrganization, answer: membershipsOfOrganization },
  { method: 'POST', path: ofOrganization, answer: createMembership },
  { method: 'PATCH', path: `${ofOrganization}/:user_id`, answer: changeRole },
  { method: 'PATCH', path: `${ofOrganization}/:user_id/metadata`, answer: mergeMetadata },
  { method: 'DELETE', path: `${ofOrganization}/:user_id`, answer: removeMembership },
  { method: 'GET', path: '/organization_roles', answer: roleList },
  { method: 'GET', path: '/organization_roles/:role_id', answer: roleById },
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
  const created = await store.atomically(async (inner) => {
    // The limit is counted under this lock, so that two requests cannot both take the last place.
    const organization = await requireOrganizationLocked(inner, pathValue(request, 'organization_id'))
    await requireUser(inner, userId)
    await insertMembership(inner, organization, userId, {
      role,
      public_metadata: optionalObject(body, 'public_metadata') ?? undefined,
      private_metadata: optionalObject(body, 'private_metadata') ?? undefined,
    })
    return requireMembership(inner, organization.id, userId)
  })
  return membershipResource(created, request.store.imageUrlOf)
}

async function changeRole(request: BackendRequest): Promise<object> {
  const role = requireText(requireBody(request.body, ['role']), 'role')
  const { organization, user } = await membershipOf(request)
  await writeMembership(request.store, organization.id, user.id, { role })
  return membershipResource(await membershipOf(request), request.store.imageUrlOf)
}

async function mergeMetadata(request: BackendRequest): Promise<object> {
  const body = requireBody(request.body, metadata)
  const { organization, user, publicMetadata, privateMetadata } = await membershipOf(request)
  await writeMembership(request.store, organization.id, user.id, {
    public_metadata: mergedField(body, 'public_metadata', publicMetadata),
    private_metadata: mergedField(body, 'private_metadata', privateMetadata),
  })
  return membershipResource(await membershipOf(request), request.store.imageUrlOf)
}

/** Answers with the membership as it was. */
async function removeMembership(request: BackendRequest): Promise<object> {
  const membership = await membershipOf(request)
  await request.store.atomically((inner) => deleteMembership(inner, membership.organization.id, membership.user.id))
  return membershipResource(membership, request.store.imageUrlOf)
}

async function membershipOf(request: BackendRequest): Promise<Membership> {
  const organization = await requireOrganization(request.store, pathValue(request, 'organization_id'))
  return requireMembership(request.store, organization.id, pathValue(request, 'user_id'))
}

async function roleList({ store, query }: BackendRequest): Promise<object> {
  return listing(await listRoles(store, oneValue(query, 'query'), pageOf(query)), roleResource)
}

async function roleById(request: BackendRequest): Promise<object> {
  return roleResource(await requireRole(request.store, pathValue(request, 'role_id')))
}
