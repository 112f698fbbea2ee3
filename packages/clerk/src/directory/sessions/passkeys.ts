// A person's passkeys. Each change is told as a change of the user, and to her by e-mail.

import { passkeyAddedNotice, passkeyRemovedNotice } from '../../outbox/messages/account-notices.ts'
import { recordNotice } from '../../outbox/messages/record-notice.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { completePasskey, deletePasskey, type PasskeyCredential, renamePasskey } from '../../state/people/passkeys.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'
import type { Proof } from '../../proof/verification/proof.ts'
import { changeUser } from '../people/change-user.ts'

/** A passkey whose device has answered. */
export interface RegisteredPasskey {
  readonly id: string
  readonly userId: string
  readonly credential: Omit<PasskeyCredential, 'id' | 'userId'>
  /** Uses the ceremony up. */
  readonly spend: Proof['spend']
}

/** Completes a registration. Refuses a credential that is registered already, and a ceremony that was used. */
export function registerPasskey(
  instance: Instance,
  store: Store,
  { id, userId, credential, spend }: RegisteredPasskey,
): Promise<void> {
  return store.atomically(async (inner) => {
    await spend(inner)
    await completePasskey(inner, id, credential)
    await changeUser(inner, userId, {})
    await recordNotice(inner, instance, await requireUser(inner, userId), passkeyAddedNotice)
  })
}

/** Gives a passkey another name. Refuses one that is not the user's. */
export function changePasskeyName(store: Store, userId: string, id: string, name: string): Promise<void> {
  return store.atomically(async (inner) => {
    await renamePasskey(inner, userId, id, name)
    await changeUser(inner, userId, {})
  })
}

/** Removes a passkey. Refuses one that is not the user's. */
export function removePasskey(instance: Instance, store: Store, userId: string, id: string): Promise<void> {
  return store.atomically(async (inner) => {
    await deletePasskey(inner, userId, id)
    await changeUser(inner, userId, {})
    await recordNotice(inner, instance, await requireUser(inner, userId), passkeyRemovedNotice)
  })
}
