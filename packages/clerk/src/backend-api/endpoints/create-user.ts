// POST /users.

import { lockedUntil } from '../../directory/people/ban-user.ts'
import { createUser as addUser, type NewIdentifier } from '../../directory/people/create-user.ts'
import { type Body, optionalFlag, optionalObject, requireBody, texts } from '../../parameters/body.ts'
import { requireEmailForm, requirePhoneForm } from '../../parameters/identifiers.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { userResource } from '../../resources/user.ts'
import { requireUser } from '../../state/people/users.ts'
import type { BackendRequest } from '../backend-request.ts'
import {
  backupCodesOf,
  passwordColumnsOf,
  secondFactorColumnsOf,
  userColumnsOf,
  userParameters,
} from './user-parameters.ts'

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

/** Creates a user with everything the body names, or nothing at all. */
export async function createUser({ store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, parameters)
  const emailAddresses = identifiersOf(read, 'email_address', requireEmailForm)
  const phoneNumbers = identifiersOf(read, 'phone_number', requirePhoneForm)
  requireSomeIdentifier(read, [...emailAddresses, ...phoneNumbers])
  const now = store.now()
  const columns = {
    ...userColumnsOf(read),
    ...secondFactorColumnsOf(read, now),
    ...(await passwordColumnsOf(read, now)),
    public_metadata: optionalObject(read, 'public_metadata') ?? undefined,
    private_metadata: optionalObject(read, 'private_metadata') ?? undefined,
    unsafe_metadata: optionalObject(read, 'unsafe_metadata') ?? undefined,
    banned: optionalFlag(read, 'banned'),
    locked_until: optionalFlag(read, 'locked') === true ? lockedUntil(now) : undefined,
  }
  const id = await addUser(store, {
    columns,
    emailAddresses,
    phoneNumbers,
    backupCodes: backupCodesOf(read),
  })
  return userResource(await requireUser(store, id), now, store.imageUrlOf)
}

function identifiersOf(body: Body, param: string, form: (text: string) => string): readonly NewIdentifier[] {
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

function requireSomeIdentifier(body: Body, identifiers: readonly NewIdentifier[]): void {
  if (texts(body, 'web3_wallet').length > 0) throw new ClerkRefusal('feature_not_enabled', { feature: 'web3_wallet' })
  const named = identifiers.length > 0 || body['username']
  if (!named && optionalFlag(body, 'skip_user_requirement') !== true) {
    throw new ClerkRefusal('form_data_missing', { params: ['email_address'] })
  }
}
