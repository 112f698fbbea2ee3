// Requests to join, as who manages the members answers them.

import { acceptRequest, rejectRequest } from '../../../directory/organizations/membership-requests.ts'
import { manyChoices, pageOf } from '../../../parameters/query.ts'
import { listing } from '../../../resources/listing.ts'
import { listMembershipRequests, requestStatuses } from '../../../state/organizations/membership-requests.ts'
import {
  type FrontendAnswer,
  type FrontendEndpoint,
  pathValue,
  resource,
  type SessionRequest,
} from '../../frontend-request.ts'
import { membershipRequestResource } from '../../resources/organization-entry.ts'
import { requireActing, requireOrganizations } from './acting-member.ts'

const all = '/v1/organizations/:organization_id/membership_requests'
const manage = 'org:sys_memberships:manage'

export const membershipRequestEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: all, access: 'session', answer: list },
  { method: 'POST', path: `${all}/:request_id/accept`, access: 'session', answer: accept },
  { method: 'POST', path: `${all}/:request_id/reject`, access: 'session', answer: reject },
]

async function list(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, query } = request
  const { organization } = await requireActing(request, manage)
  const statuses = manyChoices(query, 'status', requestStatuses)
  const requests = await listMembershipRequests(store, organization.id, statuses, pageOf(query))
  return resource(listing(requests, (one) => membershipRequestResource(one, store.imageUrlOf)))
}

async function accept(request: SessionRequest): Promise<FrontendAnswer> {
  const { store } = request
  const { organization } = await requireActing(request, manage)
  const settings = await requireOrganizations(request)
  const accepted = await acceptRequest(store, settings, organization.id, pathValue(request, 'request_id'))
  return resource(membershipRequestResource(accepted, store.imageUrlOf))
}

async function reject(request: SessionRequest): Promise<FrontendAnswer> {
  const { store } = request
  const { organization } = await requireActing(request, manage)
  const rejected = await rejectRequest(store, organization.id, pathValue(request, 'request_id'))
  return resource(membershipRequestResource(rejected, store.imageUrlOf))
}
