// GET, PATCH and DELETE /me: the account of whoever is signed in.

import { changeUser, changeUserBy } from '../../../directory/people/change-user.ts'
import { deleteUserAccount } from '../../../directory/people/delete-user.ts'
import { requirePrimary } from '../../../directory/people/require-primary.ts'
import { primaryAddressChangedNotice } from '../../../outbox/messages/account-notices.ts'
import { recordNotice } from '../../../outbox/messages/record-notice.ts'
import { type Body, clearableText } from '../../../parameters/body.ts'
import { formObject } from '../../../parameters/form.ts'
import { requireUsernameForm } from '../../../parameters/identifiers.ts'
import { mergeMetadata, requireSmallMetadata } from '../../../parameters/metadata.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { deletion } from '../../../resources/listing.ts'
import { requireUser, type User, type UserColumns } from '../../../state/people/users.ts'
import { type FrontendAnswer, type FrontendEndpoint, resource, type SessionRequest } from '../../frontend-request.ts'
import { requireReverified, reverified } from '../../reverification/reverified.ts'
import { readProfile, userResource } from '../../resources/user.ts'

export const profileEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: '/v1/me', access: 'session', answer: meAnswer },
  { method: 'PATCH', path: '/v1/me', access: 'session', answer: change },
  { method: 'DELETE', path: '/v1/me', access: 'session', answer: reverified(remove) },
  { method: 'PATCH', path: '/v1/me/metadata', access: 'session', answer: changeMetadata },
]

/** The user as her browser sees her now. */
export async function meAnswer({ store, session }: SessionRequest): Promise<FrontendAnswer> {
  return resource(userResource(await readProfile(store, session.userId), store))
}

async function change(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, form, session } = request
  const user = await requireUser(store, session.userId)
  const names = await namesOf(request, user)
  const primaries = primariesOf(form, user)
  const sensitive =
    (names.username ?? user.username) !== user.username || Object.values(primaries).some((id) => id !== undefined)
  if (sensitive) await requireReverified(request)
  await store.atomically(async (inner) => {
    await changeUser(inner, user.id, { ...names, ...primaries })
    const address = primaries.primary_email_address_id
    if (address !== undefined && address !== user.primaryEmailAddressId) {
      await recordNotice(inner, request.instance, user, primaryAddressChangedNotice)
    }
  })
  return await meAnswer(request)
}

/** What the form says of names. A username that the instance asks for cannot be taken away. */
async function namesOf({ instance, form }: SessionRequest, user: User): Promise<UserColumns> {
  const { authentication } = (await instance.snapshot()).settings
  const username = clearableText(form, 'username')
  if (username === null && user.username !== null && authentication.username.asked === 'required') {
    throw new ClerkRefusal('form_param_missing', { param: 'username' })
  }
  return {
    username: typeof username === 'string' ? requireUsernameForm(username) : username,
    first_name: clearableText(form, 'first_name'),
    last_name: clearableText(form, 'last_name'),
    locale: clearableText(form, 'locale'),
  }
}

/** The identifiers that become primary. Refuses what is not hers, and what is not verified. */
function primariesOf(form: Body, user: User): UserColumns {
  return {
    primary_email_address_id: requirePrimary(form, 'primary_email_address_id', user.emailAddresses),
    primary_phone_number_id: requirePrimary(form, 'primary_phone_number_id', user.phoneNumbers),
  }
}

/** Merges into the metadata that its owner may write; null removes a key. */
async function changeMetadata(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, form, session } = request
  const merged = formObject(form, 'unsafe_metadata')
  if (merged === undefined) throw new ClerkRefusal('form_param_missing', { param: 'unsafe_metadata' })
  await changeUserBy(store, session.userId, ({ unsafeMetadata }) => ({
    unsafe_metadata: requireSmallMetadata('unsafe_metadata', mergeMetadata(unsafeMetadata, merged)),
  }))
  return await meAnswer(request)
}

async function remove({ instance, store, session }: SessionRequest): Promise<FrontendAnswer> {
  const { authentication } = (await instance.snapshot()).settings
  const user = await requireUser(store, session.userId)
  if (!authentication.deleteSelf || !user.deleteSelfEnabled) {
    throw new ClerkRefusal('user_delete_self_not_enabled', {})
  }
  await deleteUserAccount(store, user.id)
  return resource(deletion('user', user.id))
}
