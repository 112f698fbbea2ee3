// What becomes of a proven account once it is known whose it is.

import { isDeepStrictEqual } from 'node:util'

import { changeUser } from '../../directory/people/change-user.ts'
import { connectAccount } from '../../directory/people/connected-accounts.ts'
import type { Owner } from '../../federation/owner-of.ts'
import {
  absorbExternalAccount,
  changeExternalAccount,
  type ExternalAccount,
  type ExternalAccountColumns,
  insertExternalAccount,
  requireExternalAccount,
} from '../../state/people/external-accounts.ts'
import type { Store } from '../../state/database/store.ts'

/** Somebody whose the account is, or may become without asking. */
type KnownOwner = Extract<Owner, { readonly kind: 'connected' | 'vouched' }>

/** Keeps what the provider said this time, and connects the account where it was not. Hands back its id. */
export async function keepAccount(
  store: Store,
  owner: KnownOwner,
  strategy: string,
  proven: ExternalAccountColumns,
): Promise<string> {
  if (owner.kind === 'connected') {
    return await keptWith(store, owner, () => changeExternalAccount(store, owner.account.id, proven))
  }
  const id = await insertExternalAccount(store, strategy, proven)
  await connectAccount(store, owner.userId, id)
  return id
}

/** The same of an account that was kept while it was nobody's. */
export async function keepOrphan(store: Store, owner: KnownOwner, orphanId: string): Promise<string> {
  if (owner.kind === 'connected') {
    return await keptWith(store, owner, () => absorbExternalAccount(store, owner.account.id, orphanId))
  }
  await connectAccount(store, owner.userId, orphanId)
  return orphanId
}

/** Changes a connected account, and tells of its user where that shows. */
async function keptWith(
  store: Store,
  { userId, account }: Extract<Owner, { readonly kind: 'connected' }>,
  change: () => Promise<void>,
): Promise<string> {
  await change()
  const { updatedAt } = account
  const shown = { ...(await requireExternalAccount(store, account.id)), updatedAt }
  if (!isDeepStrictEqual(shown, account)) await changeUser(store, userId, {})
  return account.id
}

/** What an account is recognised by. */
export function identifyingColumns(account: ExternalAccount): ExternalAccountColumns {
  const { providerUserId, emailAddress, emailVerified } = account
  return { provider_user_id: providerUserId, email_address: emailAddress, email_verified: emailVerified }
}
