// PUT /users/:id/email_address and /phone_number: one new identifier in the place of all there were.

import { replaceEmailAddresses, replacePhoneNumbers } from '../../directory/people/replace-identifiers.ts'
import { type Body, optionalChoice, requireBody, requireText } from '../../parameters/body.ts'
import { requireEmailForm, requirePhoneForm } from '../../parameters/identifiers.ts'
import { emailAddressResource, phoneNumberResource } from '../../resources/user.ts'
import { type IdentificationStatus, requireEmailAddress } from '../../state/people/email-addresses.ts'
import { requirePhoneNumber } from '../../state/people/phone-numbers.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const replaceIdentifierEndpoints: readonly Endpoint[] = [
  { method: 'PUT', path: '/users/:user_id/email_address', answer: replaceEmailAddress },
  { method: 'PUT', path: '/users/:user_id/phone_number', answer: replacePhoneNumber },
]

async function replaceEmailAddress(request: BackendRequest): Promise<object> {
  const { store } = request
  const parameters = ['email_address', 'identification_status', 'notify_primary_email_address_changed']
  const body = requireBody(request.body, parameters)
  const text = requireEmailForm(requireText(body, 'email_address'))
  const id = await replaceEmailAddresses(store, pathValue(request, 'user_id'), text, statusOf(body))
  return emailAddressResource(await requireEmailAddress(store, id))
}

async function replacePhoneNumber(request: BackendRequest): Promise<object> {
  const { store } = request
  const body = requireBody(request.body, ['phone_number', 'identification_status'])
  const text = requirePhoneForm(requireText(body, 'phone_number'))
  const id = await replacePhoneNumbers(store, pathValue(request, 'user_id'), text, statusOf(body))
  return phoneNumberResource(await requirePhoneNumber(store, id))
}

function statusOf(body: Body): IdentificationStatus {
  return optionalChoice(body, 'identification_status', ['verified', 'reserved', 'unverified']) ?? 'verified'
}
