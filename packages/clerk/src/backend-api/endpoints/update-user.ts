// PATCH /users/:id and the metadata endpoints of a user.

import { changeUser, changeUserBy } from '../../directory/people/change-user.ts'
import { revokeSessionsOf } from '../../directory/sessions/close-sessions.ts'
import { requirePrimary } from '../../directory/people/require-primary.ts'
import { replaceBackupCodes } from '../../state/people/backup-codes.ts'
import { requireUser, type User, type UserColumns } from '../../state/people/users.ts'
import { type BackendRequest, pathValue } from '../backend-request.ts'
import { type Body, optionalFlag, requireBody } from '../../parameters/body.ts'
import { mergedField, replacedField } from '../../parameters/metadata.ts'
import { userResource } from '../../resources/user.ts'
import {
  backupCodesOf,
  passwordColumnsOf,
  secondFactorColumnsOf,
  userColumnsOf,
  userParameters,
} from './user-parameters.ts'

const parameters = [
  ...userParameters,
  'primary_email_address_id',
  'primary_phone_number_id',
  'primary_web3_wallet_id',
  'profile_image_id',
  'notify_primary_email_address_changed',
  'sign_out_of_other_sessions',
]

const metadataFields = ['public_metadata', 'private_metadata', 'unsafe_metadata'] as const

/** Changes what the body names. Metadata is still taken here, replaced as PUT does, for callers of older API versions. */
export async function updateUser(request: BackendRequest): Promise<object> {
  const { store } = request
  const body = requireBody(request.body, parameters)
  const user = await requireUser(store, pathValue(request, 'user_id'))
  const now = store.now()
  const columns: UserColumns = {
    ...userColumnsOf(body),
    ...secondFactorColumnsOf(body, now),
    ...(await passwordColumnsOf(body, now)),
    ...metadataColumns((field) => replacedField(body, field)),
    primary_email_address_id: requirePrimary(body, 'primary_email_address_id', user.emailAddresses),
    primary_phone_number_id: requirePrimary(body, 'primary_phone_number_id', user.phoneNumbers),
  }
  const backupCodes = backupCodesOf(body)
  await store.atomically(async (inner) => {
    if (backupCodes !== undefined) await replaceBackupCodes(inner, user.id, backupCodes)
    await changeUser(inner, user.id, columns)
    const signOut = optionalFlag(body, 'sign_out_of_other_sessions') === true
    if (signOut && columns.password_digest !== undefined) await revokeSessionsOf(inner, user.id)
  })
  return userAnswer(request, user.id)
}

/** PATCH …/metadata: merges. Two merges at once never lose one of them. */
export function mergeUserMetadata(request: BackendRequest): Promise<object> {
  return writeMetadata(request, (body, user) => ({
    public_metadata: mergedField(body, 'public_metadata', user.publicMetadata),
    private_metadata: mergedField(body, 'private_metadata', user.privateMetadata),
    unsafe_metadata: mergedField(body, 'unsafe_metadata', user.unsafeMetadata),
  }))
}

/** PUT …/metadata: replaces the fields that were sent. */
export function replaceUserMetadata(request: BackendRequest): Promise<object> {
  return writeMetadata(request, (body) => metadataColumns((field) => replacedField(body, field)))
}

/** The user as the API prints her now. */
export async function userAnswer(request: BackendRequest, id: string): Promise<object> {
  return userResource(await requireUser(request.store, id), request.store.now(), request.store.imageUrlOf)
}

async function writeMetadata(
  request: BackendRequest,
  change: (body: Body, user: User) => UserColumns,
): Promise<object> {
  const body = requireBody(request.body, metadataFields)
  const id = pathValue(request, 'user_id')
  await changeUserBy(request.store, id, (user) => change(body, user))
  return userAnswer(request, id)
}

function metadataColumns(
  read: (field: (typeof metadataFields)[number]) => UserColumns['public_metadata'],
): UserColumns {
  return Object.fromEntries(metadataFields.map((field) => [field, read(field)]))
}
