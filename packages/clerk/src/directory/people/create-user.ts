// A new person, from either door: the record, what identifies her, and the event, or nothing at all.

import { replaceBackupCodes } from '../../state/people/backup-codes.ts'
import { recordUser } from '../../outbox/events/user-events.ts'
import { type IdentificationStatus, insertEmailAddress } from '../../state/people/email-addresses.ts'
import { changeExternalAccount, requireExternalAccount } from '../../state/people/external-accounts.ts'
import { newId } from '../../state/database/ids.ts'
import { insertPhoneNumber } from '../../state/people/phone-numbers.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { Store } from '../../state/database/store.ts'
import { insertUser, updateUser, type UserColumns } from '../../state/people/users.ts'

/** An address or number to give a new user, in its stored form. */
export interface NewIdentifier {
  readonly value: string
  readonly status: IdentificationStatus
  /** How a verified one was proven, for example `email_code`; `admin` when left out. */
  readonly strategy?: string | undefined
}

/** What a person begins with. The first address and the first number become the primary ones. */
export interface NewUser {
  readonly columns: UserColumns
  readonly emailAddresses: readonly NewIdentifier[]
  readonly phoneNumbers: readonly NewIdentifier[]
  /** A proven account at another provider that she came with. */
  readonly externalAccountId?: string | null | undefined
  /** In plain text or as bcrypt digests. */
  readonly backupCodes?: readonly string[] | undefined
}

/** Creates a user and hands back her id. Refuses an identifier that somebody has; then nothing is left behind. */
export function createUser(store: Store, user: NewUser): Promise<string> {
  return store.atomically(async (inner) => {
    const id = newId('user')
    await insertUser(inner, id, user.columns)
    const emailIds: string[] = []
    const phoneIds: string[] = []
    for (const { value, status, strategy } of user.emailAddresses)
      emailIds.push(await insertEmailAddress(inner, id, value, status, strategy))
    for (const { value, status, strategy } of user.phoneNumbers)
      phoneIds.push(await insertPhoneNumber(inner, id, value, status, strategy))
    const primary = { primary_email_address_id: emailIds[0], primary_phone_number_id: phoneIds[0] }
    if (emailIds.length + phoneIds.length > 0) await updateUser(inner, id, primary)
    if (user.backupCodes !== undefined) await replaceBackupCodes(inner, id, user.backupCodes)
    if (user.externalAccountId) await claimAccount(inner, id, user.externalAccountId)
    await recordUser(inner, 'user.created', id)
    return id
  })
}

/** Refuses an account that another user has got meanwhile. */
async function claimAccount(store: Store, userId: string, accountId: string): Promise<void> {
  if ((await requireExternalAccount(store, accountId)).userId !== null) {
    throw new ClerkRefusal('oauth_identification_claimed', {})
  }
  await changeExternalAccount(store, accountId, { user_id: userId })
}
