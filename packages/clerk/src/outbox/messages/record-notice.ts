// Addresses a notice about an account to whoever owned it before the change.

import type { Instance } from '../../state/instance/instance.ts'
import type { Store } from '../../state/database/store.ts'
import type { User } from '../../state/people/users.ts'
import type { AccountNotice } from './account-notices.ts'
import { recordMessage } from './record-message.ts'

/**
 * Records a notice to the user's primary address as `user` has it; nobody is told when she has none. Call it inside the
 * transaction of the change.
 */
export async function recordNotice(
  store: Store,
  instance: Instance,
  user: User,
  { slug, subject, line }: AccountNotice,
): Promise<void> {
  const primary = user.emailAddresses.find(({ id }) => id === user.primaryEmailAddressId)
  if (primary === undefined) return
  await recordMessage(store, {
    channel: 'email',
    recipient: primary.emailAddress,
    slug,
    subject,
    bodyText: `${line} If this was not you, reset your password and sign out everywhere.\n`,
    bodyHtml: null,
    data: { app_name: instance.applicationName, primary_email_address: primary.emailAddress },
    userId: user.id,
  })
}
