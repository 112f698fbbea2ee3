// The endpoints under /email_addresses and /phone_numbers.

import { addEmailAddress, changeEmailAddress, removeEmailAddress } from '../../directory/people/change-email-address.ts'
import { addPhoneNumber, changePhoneNumber, removePhoneNumber } from '../../directory/people/change-phone-number.ts'
import { type Body, optionalFlag, requireBody, requireText } from '../../parameters/body.ts'
import { requireEmailForm, requirePhoneForm } from '../../parameters/identifiers.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { deletion } from '../../resources/listing.ts'
import { emailAddressResource, phoneNumberResource } from '../../resources/user.ts'
import { isClaimedEmailAddress, requireEmailAddress } from '../../state/people/email-addresses.ts'
import { isClaimedPhoneNumber, requirePhoneNumber } from '../../state/people/phone-numbers.ts'
import { requireUser } from '../../state/people/users.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const identifierEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/email_addresses', answer: createEmailAddress },
  { method: 'GET', path: '/email_addresses/:id', answer: emailAddressAnswer },
  { method: 'PATCH', path: '/email_addresses/:id', answer: updateEmailAddress },
  { method: 'DELETE', path: '/email_addresses/:id', answer: deleteEmailAddress },
  { method: 'POST', path: '/phone_numbers', answer: createPhoneNumber },
  { method: 'GET', path: '/phone_numbers/:id', answer: phoneNumberAnswer },
  { method: 'PATCH', path: '/phone_numbers/:id', answer: updatePhoneNumber },
  { method: 'DELETE', path: '/phone_numbers/:id', answer: deletePhoneNumber },
]

const changes = ['verified', 'primary', 'notify_primary_email_address_changed']

async function createEmailAddress({ store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, ['user_id', 'email_address', ...changes])
  const userId = requireText(read, 'user_id')
  const emailAddress = requireEmailForm(requireText(read, 'email_address'))
  const change = { ...changeOf(read), status: statusOf(read) ?? 'unverified' }
  await requireUser(store, userId)
  if (await isClaimedEmailAddress(store, emailAddress)) throw taken('email_address', 'email address')
  const id = await addEmailAddress(store, { userId, emailAddress, ...change })
  return emailAddressResource(await requireEmailAddress(store, id))
}

async function updateEmailAddress(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'id')
  await changeEmailAddress(request.store, id, changeOf(requireBody(request.body, changes)))
  return emailAddressAnswer(request)
}

async function emailAddressAnswer(request: BackendRequest): Promise<object> {
  return emailAddressResource(await requireEmailAddress(request.store, pathValue(request, 'id')))
}

async function deleteEmailAddress(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'id')
  await removeEmailAddress(request.store, id)
  return deletion('email_address', id)
}

async function createPhoneNumber({ store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, ['user_id', 'phone_number', 'reserved_for_second_factor', ...changes])
  const userId = requireText(read, 'user_id')
  const phoneNumber = requirePhoneForm(requireText(read, 'phone_number'))
  const change = { ...changeOf(read), ...factorOf(read), status: statusOf(read) ?? 'unverified' }
  await requireUser(store, userId)
  if (await isClaimedPhoneNumber(store, phoneNumber)) throw taken('phone_number', 'phone number')
  const id = await addPhoneNumber(store, { userId, phoneNumber, ...change })
  return phoneNumberResource(await requirePhoneNumber(store, id))
}

async function updatePhoneNumber(request: BackendRequest): Promise<object> {
  const body = requireBody(request.body, ['reserved_for_second_factor', ...changes])
  const id = pathValue(request, 'id')
  await changePhoneNumber(request.store, id, { ...changeOf(body), ...factorOf(body) })
  return phoneNumberAnswer(request)
}

async function phoneNumberAnswer(request: BackendRequest): Promise<object> {
  return phoneNumberResource(await requirePhoneNumber(request.store, pathValue(request, 'id')))
}

async function deletePhoneNumber(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'id')
  await removePhoneNumber(request.store, id)
  return deletion('phone_number', id)
}

/** Also where it is to be proven first: it never could be. */
function taken(param: string, identifier: string): ClerkRefusal {
  return new ClerkRefusal('form_identifier_exists', { param, identifier })
}

function changeOf(body: Body) {
  return { status: statusOf(body), primary: optionalFlag(body, 'primary') }
}

function factorOf(body: Body) {
  return { reservedForSecondFactor: optionalFlag(body, 'reserved_for_second_factor') }
}

function statusOf(body: Body): 'verified' | 'unverified' | undefined {
  const verified = optionalFlag(body, 'verified')
  if (verified === undefined) return undefined
  return verified ? 'verified' : 'unverified'
}
