// The endpoints under /users.

import { removeBackupCodes } from '../../directory/sessions/backup-codes.ts'
import { banUser, lockUser, unbanUser, unlockUser } from '../../directory/people/ban-user.ts'
import { removePassword as takePasswordAway } from '../../directory/sessions/change-password.ts'
import { deleteUserAccount } from '../../directory/people/delete-user.ts'
import { disableSecondFactors, disableTotp } from '../../directory/sessions/disable-second-factors.ts'
import { checkPassword } from '../../directory/sessions/check-password.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { countUsers, findUsers, onlyUser, type UserOrder, userOrders } from '../../state/people/find-users.ts'
import { listMemberships } from '../../state/organizations/memberships.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'
import { optionalFlag, requireBody, requireText } from '../../parameters/body.ts'
import { oneValue, orderOf, pageOf } from '../../parameters/query.ts'
import { deletion, listing } from '../../resources/listing.ts'
import { membershipResource } from '../../resources/organization.ts'
import { userResource } from '../../resources/user.ts'
import { createUser } from './create-user.ts'
import { mergeUserMetadata, replaceUserMetadata, updateUser, userAnswer } from './update-user.ts'
import { userFilterOf } from './user-filter.ts'

export const userEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/users', answer: createUser },
  { method: 'GET', path: '/users', answer: listUsers },
  { method: 'GET', path: '/users/count', answer: countedUsers },
  { method: 'GET', path: '/users/:user_id', answer: (request) => userAnswer(request, pathValue(request, 'user_id')) },
  { method: 'PATCH', path: '/users/:user_id', answer: updateUser },
  { method: 'DELETE', path: '/users/:user_id', answer: removeUser },
  { method: 'PATCH', path: '/users/:user_id/metadata', answer: mergeUserMetadata },
  { method: 'PUT', path: '/users/:user_id/metadata', answer: replaceUserMetadata },
  { method: 'POST', path: '/users/:user_id/ban', answer: (request) => changed(request, banUser) },
  { method: 'POST', path: '/users/:user_id/unban', answer: (request) => changed(request, unbanUser) },
  { method: 'POST', path: '/users/:user_id/lock', answer: (request) => changed(request, lockUser) },
  { method: 'POST', path: '/users/:user_id/unlock', answer: (request) => changed(request, unlockUser) },
  { method: 'POST', path: '/users/:user_id/verify_password', answer: verifyPassword },
  { method: 'POST', path: '/users/:user_id/remove_password', answer: removePassword },
  { method: 'DELETE', path: '/users/:user_id/mfa', answer: (request) => disabled(request, disableSecondFactors) },
  { method: 'DELETE', path: '/users/:user_id/totp', answer: (request) => disabled(request, disableTotp) },
  { method: 'DELETE', path: '/users/:user_id/backup_code', answer: (request) => disabled(request, removeBackupCodes) },
  { method: 'GET', path: '/users/:user_id/organization_memberships', answer: membershipsOfUser },
]

async function listUsers({ store, query }: BackendRequest): Promise<object> {
  const columns = Object.keys(userOrders) as UserOrder[]
  const order = orderOf(query, columns, { column: 'created_at', direction: 'desc' })
  const page = pageOf(query)
  const startingAfter = oneValue(query, 'starting_after')
  if (startingAfter !== undefined && order.column !== 'created_at') {
    throw new ClerkRefusal('form_param_not_combinable', { param: 'starting_after', existing: 'order_by' })
  }
  if (startingAfter !== undefined && page.offset > 0) {
    throw new ClerkRefusal('form_param_not_combinable', { param: 'starting_after', existing: 'offset' })
  }
  const users = await findUsers(store, userFilterOf(query), order, page, startingAfter)
  return users.map((user) => userResource(user, store.now(), store.imageUrlOf))
}

async function countedUsers({ store, query }: BackendRequest): Promise<object> {
  return { object: 'total_count', total_count: await countUsers(store, userFilterOf(query)) }
}

async function removeUser(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'user_id')
  const { externalId } = await deleteUserAccount(request.store, id)
  return deletion('user', id, externalId === null ? {} : { external_id: externalId })
}

/** A change that needs nothing but the user's id, and the user after it. */
async function changed(
  request: BackendRequest,
  change: (store: Store, userId: string) => Promise<void>,
): Promise<object> {
  const id = pathValue(request, 'user_id')
  await change(request.store, id)
  return userAnswer(request, id)
}

async function disabled(
  request: BackendRequest,
  change: (store: Store, userId: string) => Promise<void>,
): Promise<object> {
  const id = pathValue(request, 'user_id')
  await change(request.store, id)
  return { user_id: id }
}

async function verifyPassword(request: BackendRequest): Promise<object> {
  const password = requireText(requireBody(request.body, ['password']), 'password')
  const verdict = await checkPassword(request.store, pathValue(request, 'user_id'), password)
  if (verdict === 'none') throw new ClerkRefusal('no_password_set', {})
  if (verdict === 'wrong') throw new ClerkRefusal('incorrect_password', {})
  return { verified: true }
}

async function removePassword(request: BackendRequest): Promise<object> {
  const body = requireBody(request.body, ['sign_out_of_other_sessions'])
  const id = pathValue(request, 'user_id')
  const signOutOfOtherSessions = optionalFlag(body, 'sign_out_of_other_sessions') === true
  await takePasswordAway(request.store, id, { signOutOfOtherSessions, keptSessionId: null })
  return userAnswer(request, id)
}

async function membershipsOfUser(request: BackendRequest): Promise<object> {
  const { store, query } = request
  const user = await requireUser(store, pathValue(request, 'user_id'))
  const filter = { users: onlyUser(user.id), roles: [] }
  const list = await listMemberships(store, filter, { column: 'created_at', direction: 'desc' }, pageOf(query))
  return listing(list, (membership) => membershipResource(membership, store.imageUrlOf))
}
