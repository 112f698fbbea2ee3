// POST /users.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { type IdentificationStatus, insertEmailAddress } from '../../state/email-addresses.ts'
import { newId } from '../../state/ids.ts'
import { insertPhoneNumber } from '../../state/phone-numbers.ts'
import type { Store } from '../../state/store.ts'
import { insertUser, requireUser, updateUser } from '../../state/users.ts'
import type { BackendRequest } from '../backend-request.ts'
import { type Body, optionalFlag, optionalObject, requireBody, texts } from '../../parameters/body.ts'
import { requireEmailForm, requirePhoneForm } from '../../parameters/identifiers.ts'
import { userResource } from '../../resources/user.ts'
import { passwordColumnsOf, secondFactorColumnsOf, userColumnsOf, userParameters } from './user-parameters.ts'

const parameters = [
  ...userParameters,
  'email_address',
  'email_address_identification_status',
  'phone_number',
  'phone_number_identification_status',
  'web3_wallet',
  'skip_password_requirement',
  'skip_user_requirement',
  'banned',
  'locked',
]

const lockLifetime = 3_600_000

/** An address or number to give the new user. */
interface Identifier {
  readonly value: string
  readonly status: IdentificationStatus
}

/** Creates a user with everything the body names, or nothing at all. */
export async function createUser({ store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, parameters)
  const emails = identifiersOf(read, 'email_address', requireEmailForm)
  const phones = identifiersOf(read, 'phone_number', requirePhoneForm)
  requireSomeIdentifier(read, emails, phones)
  const now = store.now()
  const columns = {
    ...userColumnsOf(read),
    ...secondFactorColumnsOf(read, now),
    ...(await passwordColumnsOf(read, now)),
    public_metadata: optionalObject(read, 'public_metadata') ?? undefined,
    private_metadata: optionalObject(read, 'private_metadata') ?? undefined,
    unsafe_metadata: optionalObject(read, 'unsafe_metadata') ?? undefined,
    banned: optionalFlag(read, 'banned'),
    locked_until: optionalFlag(read, 'locked') === true ? now + lockLifetime : undefined,
  }
  const id = newId('user')
  await store.atomically(async (inner) => {
    await insertUser(inner, id, columns)
    await addIdentifiers(inner, id, emails, phones)
  })
  return userResource(await requireUser(store, id), now, store.imageUrlOf)
}

/** Adds addresses and numbers; the first verified one of each kind becomes the primary one. */
async function addIdentifiers(
  store: Store,
  userId: string,
  emails: readonly Identifier[],
  phones: readonly Identifier[],
): Promise<void> {
  const emailIds: string[] = []
  const phoneIds: string[] = []
  for (const { value, status } of emails) emailIds.push(await insertEmailAddress(store, userId, value, status))
  for (const { value, status } of phones) phoneIds.push(await insertPhoneNumber(store, userId, value, status))
  const primary = { primary_email_address_id: emailIds[0], primary_phone_number_id: phoneIds[0] }
  if (emailIds.length + phoneIds.length > 0) await updateUser(store, userId, primary)
}

function identifiersOf(body: Body, param: string, form: (text: string) => string): readonly Identifier[] {
  const values = texts(body, param)
  const statusParam = `${param}_identification_status`
  const statuses = texts(body, statusParam)
  if (statuses.length > 0 && statuses.length !== values.length) {
    throw new ClerkRefusal('form_param_value_invalid', { param: statusParam, value: JSON.stringify(statuses) })
  }
  return values.map((value, index) => {
    const status = statuses[index] ?? 'verified'
    if (status !== 'verified' && status !== 'reserved') {
      const allowed = ['verified', 'reserved']
      throw new ClerkRefusal('form_param_value_invalid', { param: statusParam, value: status, allowed })
    }
    return { value: form(value), status }
  })
}

function requireSomeIdentifier(body: Body, emails: readonly Identifier[], phones: readonly Identifier[]): void {
  if (texts(body, 'web3_wallet').length > 0) throw new ClerkRefusal('feature_not_enabled', { feature: 'web3_wallet' })
  const named = emails.length + phones.length > 0 || body['username']
  if (!named && optionalFlag(body, 'skip_user_requirement') !== true) {
    throw new ClerkRefusal('form_data_missing', { params: ['email_address'] })
  }
}
