// /me/phone_numbers: one's own numbers, proven by code, and their part as a second factor.

import { addPhoneNumber, changePhoneNumber, removePhoneNumber } from '../../../directory/people/change-phone-number.ts'
import { optionalChoice, requireText } from '../../../parameters/body.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { deletion } from '../../../resources/listing.ts'
import { type PhoneNumber, setPhoneNumberVerification } from '../../../state/people/phone-numbers.ts'
import { requireUser } from '../../../state/people/users.ts'
import { requireRightCode } from '../../../proof/verification/require-right-code.ts'
import { startCode } from '../../../proof/verification/start-code.ts'
import {
  bare,
  type FrontendAnswer,
  type FrontendEndpoint,
  resource,
  type SessionRequest,
} from '../../frontend-request.ts'
import { phoneNumberResource } from '../../resources/identifications.ts'
import { reverified } from '../../reverification/reverified.ts'
import { type Owned, removing, requireAddable, requireOwned, requirePrepared } from './own-identification.ts'
import { changeSecondFactor } from './phone-second-factor.ts'
import { numberAnswer } from './phone-number-answer.ts'

const path = '/v1/me/phone_numbers'

export const phoneNumberEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path, access: 'session', answer: all },
  { method: 'POST', path, access: 'session', answer: reverified(create) },
  { method: 'GET', path: `${path}/:id`, access: 'session', answer: one },
  { method: 'PATCH', path: `${path}/:id`, access: 'session', answer: reverified(change) },
  { method: 'DELETE', path: `${path}/:id`, access: 'session', answer: reverified(remove) },
  { method: 'POST', path: `${path}/:id/prepare_verification`, access: 'session', answer: prepare },
  { method: 'POST', path: `${path}/:id/attempt_verification`, access: 'session', answer: attempt },
]

async function all({ store, session }: SessionRequest): Promise<FrontendAnswer> {
  const { phoneNumbers } = await requireUser(store, session.userId)
  return bare(phoneNumbers.map((number) => phoneNumberResource(number, new Map())))
}

async function one(request: SessionRequest): Promise<FrontendAnswer> {
  return await numberAnswer(request, (await owned(request)).identification.id)
}

/** Adds a number that is to be verified. */
async function create(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, session } = request
  const phoneNumber = await requireAddable(request, 'phone_number')
  const id = await addPhoneNumber(store, { userId: session.userId, phoneNumber, status: 'unverified' })
  return await numberAnswer(request, id)
}

async function prepare(request: SessionRequest): Promise<FrontendAnswer> {
  const { instance, store, form, client } = request
  const { identification: number, user } = await owned(request)
  if (number.verificationStatus === 'verified') throw new ClerkRefusal('verification_already_verified', {})
  const strategy = optionalChoice(form, 'strategy', ['phone_code']) ?? 'phone_code'
  const toWhom = { userId: user.id, clientId: client.id, recipient: number.phoneNumber }
  await store.atomically(async (inner) => {
    const { id } = await startCode(instance, inner, { ...toWhom, strategy, channel: 'sms' })
    await setPhoneNumberVerification(inner, number.id, id)
  })
  return await numberAnswer(request, number.id)
}

async function attempt(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, form } = request
  const { identification: number } = await owned(request)
  const proof = await requireRightCode(store, requirePrepared(number), requireText(form, 'code'))
  await store.atomically(async (inner) => {
    await proof.spend(inner)
    await changePhoneNumber(inner, number.id, { status: 'verified', strategy: proof.strategy })
  })
  return await numberAnswer(request, number.id)
}

async function change(request: SessionRequest): Promise<FrontendAnswer> {
  const { user, identification } = await owned(request)
  return await changeSecondFactor(request, user, identification)
}

async function remove(request: SessionRequest): Promise<FrontendAnswer> {
  const { id } = (await owned(request)).identification
  await removing(request, id, (inner) => removePhoneNumber(inner, id))
  return resource(deletion('phone_number', id))
}

function owned(request: SessionRequest): Promise<Owned<PhoneNumber>> {
  return requireOwned(request, 'phone_number', ({ phoneNumbers }) => phoneNumbers)
}
