// One new address or number in the place of all a person had.

import {
  deleteEmailAddress,
  type IdentificationStatus,
  insertEmailAddress,
} from '../../state/people/email-addresses.ts'
import { deletePhoneNumber, insertPhoneNumber } from '../../state/people/phone-numbers.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUserLocked } from '../../state/people/users.ts'
import { changeUser } from './change-user.ts'

/** Replaces every e-mail address of a user and hands back the new one's id. Refuses an unknown user and a taken address. */
export function replaceEmailAddresses(
  store: Store,
  userId: string,
  emailAddress: string,
  status: IdentificationStatus,
): Promise<string> {
  return store.atomically(async (inner) => {
    const { emailAddresses } = await requireUserLocked(inner, userId)
    for (const { id } of emailAddresses) await deleteEmailAddress(inner, id)
    const added = await insertEmailAddress(inner, userId, emailAddress, status)
    await changeUser(inner, userId, { primary_email_address_id: added })
    return added
  })
}

/** Replaces every phone number of a user and hands back the new one's id. Refuses an unknown user and a taken number. */
export function replacePhoneNumbers(
  store: Store,
  userId: string,
  phoneNumber: string,
  status: IdentificationStatus,
): Promise<string> {
  return store.atomically(async (inner) => {
    const { phoneNumbers } = await requireUserLocked(inner, userId)
    for (const { id } of phoneNumbers) await deletePhoneNumber(inner, id)
    const added = await insertPhoneNumber(inner, userId, phoneNumber, status)
    await changeUser(inner, userId, { primary_phone_number_id: added })
    return added
  })
}
