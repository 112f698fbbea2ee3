// PUT /users/:id/email_address and /phone_number: one new identifier in the place of all there were.

import {
  deleteEmailAddress,
  type IdentificationStatus,
  insertEmailAddress,
  requireEmailAddress,
} from '../../state/email-addresses.ts'
import { deletePhoneNumber, insertPhoneNumber, requirePhoneNumber } from '../../state/phone-numbers.ts'
import { requireUserLocked, updateUser } from '../../state/users.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'
import { type Body, optionalChoice, requireBody, requireText } from '../../parameters/body.ts'
import { requireEmailForm, requirePhoneForm } from '../../parameters/identifiers.ts'
import { emailAddressResource, phoneNumberResource } from '../../resources/user.ts'

export const replaceIdentifierEndpoints: readonly Endpoint[] = [
  { method: 'PUT', path: '/users/:user_id/email_address', answer: replaceEmailAddress },
  { method: 'PUT', path: '/users/:user_id/phone_number', answer: replacePhoneNumber },
]

async function replaceEmailAddress(request: BackendRequest): Promise<object> {
  const parameters = ['email_address', 'identification_status', 'notify_primary_email_address_changed']
  const body = requireBody(request.body, parameters)
  const text = requireEmailForm(requireText(body, 'email_address'))
  const userId = pathValue(request, 'user_id')
  const id = await request.store.atomically(async (store) => {
    const { emailAddresses } = await requireUserLocked(store, userId)
    for (const address of emailAddresses) await deleteEmailAddress(store, address.id)
    const added = await insertEmailAddress(store, userId, text, statusOf(body))
    await updateUser(store, userId, { primary_email_address_id: added })
    return added
  })
  return emailAddressResource(await requireEmailAddress(request.store, id))
}

async function replacePhoneNumber(request: BackendRequest): Promise<object> {
  const body = requireBody(request.body, ['phone_number', 'identification_status'])
  const text = requirePhoneForm(requireText(body, 'phone_number'))
  const userId = pathValue(request, 'user_id')
  const id = await request.store.atomically(async (store) => {
    const { phoneNumbers } = await requireUserLocked(store, userId)
    for (const number of phoneNumbers) await deletePhoneNumber(store, number.id)
    const added = await insertPhoneNumber(store, userId, text, statusOf(body))
    await updateUser(store, userId, { primary_phone_number_id: added })
    return added
  })
  return phoneNumberResource(await requirePhoneNumber(request.store, id))
}

function statusOf(body: Body): IdentificationStatus {
  return optionalChoice(body, 'identification_status', ['verified', 'reserved', 'unverified']) ?? 'verified'
}
