// The endpoints under /email_addresses and /phone_numbers.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import {
  deleteEmailAddress,
  insertEmailAddress,
  requireEmailAddress,
  setEmailAddressStatus,
} from '../../state/email-addresses.ts'
import {
  changePhoneNumber,
  deletePhoneNumber,
  insertPhoneNumber,
  requirePhoneNumber,
} from '../../state/phone-numbers.ts'
import type { Store } from '../../state/store.ts'
import { requireUser, updateUser, type UserColumns } from '../../state/users.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'
import { type Body, optionalFlag, requireBody, requireText } from '../../parameters/body.ts'
import { requireEmailForm, requirePhoneForm } from '../../parameters/identifiers.ts'
import { deletion } from '../../resources/listing.ts'
import { emailAddressResource, phoneNumberResource } from '../../resources/user.ts'

export const identifierEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/email_addresses', answer: createEmailAddress },
  { method: 'GET', path: '/email_addresses/:id', answer: emailAddressAnswer },
  { method: 'PATCH', path: '/email_addresses/:id', answer: updateEmailAddress },
  { method: 'DELETE', path: '/email_addresses/:id', answer: removeEmailAddress },
  { method: 'POST', path: '/phone_numbers', answer: createPhoneNumber },
  { method: 'GET', path: '/phone_numbers/:id', answer: phoneNumberAnswer },
  { method: 'PATCH', path: '/phone_numbers/:id', answer: updatePhoneNumber },
  { method: 'DELETE', path: '/phone_numbers/:id', answer: removePhoneNumber },
]

const changes = ['verified', 'primary', 'notify_primary_email_address_changed']

async function createEmailAddress({ store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, ['user_id', 'email_address', ...changes])
  const userId = requireText(read, 'user_id')
  const text = requireEmailForm(requireText(read, 'email_address'))
  const verified = optionalFlag(read, 'verified') === true
  const id = await store.atomically(async (inner) => {
    const user = await requireUser(inner, userId)
    const added = await insertEmailAddress(inner, userId, text, verified ? 'verified' : 'unverified')
    const first = user.primaryEmailAddressId === null && verified
    await makePrimary(inner, userId, wantsPrimary(read, verified) || first, { primary_email_address_id: added })
    return added
  })
  return emailAddressResource(await requireEmailAddress(store, id))
}

async function updateEmailAddress({ store, body, path }: BackendRequest): Promise<object> {
  const read = requireBody(body, changes)
  const verified = optionalFlag(read, 'verified')
  const id = path['id'] ?? ''
  await store.atomically(async (inner) => {
    const address = await requireEmailAddress(inner, id)
    if (verified !== undefined) await setEmailAddressStatus(inner, id, verified ? 'verified' : 'unverified')
    const proven = verified ?? address.verificationStatus === 'verified'
    await makePrimary(inner, address.userId, wantsPrimary(read, proven), { primary_email_address_id: id })
  })
  return emailAddressResource(await requireEmailAddress(store, id))
}

async function emailAddressAnswer(request: BackendRequest): Promise<object> {
  return emailAddressResource(await requireEmailAddress(request.store, pathValue(request, 'id')))
}

async function removeEmailAddress(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'id')
  await request.store.atomically((inner) => deleteEmailAddress(inner, id))
  return deletion('email_address', id)
}

async function createPhoneNumber({ store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, ['user_id', 'phone_number', 'reserved_for_second_factor', ...changes])
  const userId = requireText(read, 'user_id')
  const text = requirePhoneForm(requireText(read, 'phone_number'))
  const verified = optionalFlag(read, 'verified') === true
  const id = await store.atomically(async (inner) => {
    const user = await requireUser(inner, userId)
    const added = await insertPhoneNumber(inner, userId, text, verified ? 'verified' : 'unverified')
    await reserveForSecondFactor(inner, read, added, verified)
    const first = user.primaryPhoneNumberId === null && verified
    await makePrimary(inner, userId, wantsPrimary(read, verified) || first, { primary_phone_number_id: added })
    return added
  })
  return phoneNumberResource(await requirePhoneNumber(store, id))
}

async function updatePhoneNumber({ store, body, path }: BackendRequest): Promise<object> {
  const read = requireBody(body, ['reserved_for_second_factor', ...changes])
  const verified = optionalFlag(read, 'verified')
  const id = path['id'] ?? ''
  await store.atomically(async (inner) => {
    const number = await requirePhoneNumber(inner, id)
    if (verified !== undefined) await changePhoneNumber(inner, number, { status: verified ? 'verified' : 'unverified' })
    const proven = verified ?? number.verificationStatus === 'verified'
    await reserveForSecondFactor(inner, read, id, proven)
    await makePrimary(inner, number.userId, wantsPrimary(read, proven), { primary_phone_number_id: id })
  })
  return phoneNumberResource(await requirePhoneNumber(store, id))
}

async function phoneNumberAnswer(request: BackendRequest): Promise<object> {
  return phoneNumberResource(await requirePhoneNumber(request.store, pathValue(request, 'id')))
}

async function removePhoneNumber(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'id')
  await request.store.atomically((inner) => deletePhoneNumber(inner, id))
  return deletion('phone_number', id)
}

async function reserveForSecondFactor(store: Store, body: Body, id: string, proven: boolean): Promise<void> {
  const reserved = optionalFlag(body, 'reserved_for_second_factor')
  if (reserved === undefined) return
  if (reserved && !proven) {
    const reason = 'Cannot update second factor attributes for unverified identification'
    throw new ClerkRefusal('identification_update_failed', { reason })
  }
  await changePhoneNumber(store, await requirePhoneNumber(store, id), { reservedForSecondFactor: reserved })
}

/** True when the body asks for the identifier to be primary. Refuses that for one that is not verified. */
function wantsPrimary(body: Body, proven: boolean): boolean {
  const primary = optionalFlag(body, 'primary') === true
  if (primary && !proven) {
    throw new ClerkRefusal('identification_update_failed', { reason: 'Only a verified identification can be primary.' })
  }
  return primary
}

/** The change is the user's either way, so her `updated_at` moves. */
async function makePrimary(store: Store, userId: string, primary: boolean, columns: UserColumns): Promise<void> {
  await updateUser(store, userId, primary ? columns : {})
}
