// What becomes of a proven account once it is known whose it is.

import { connectAccount } from '../../directory/connected-accounts.ts'
import type { Owner } from '../../federation/owner-of.ts'
import {
  absorbExternalAccount,
  changeExternalAccount,
  type ExternalAccount,
  type ExternalAccountColumns,
  insertExternalAccount,
} from '../../state/external-accounts.ts'
import type { Store } from '../../state/store.ts'

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
    await changeExternalAccount(store, owner.account.id, proven)
    return owner.account.id
  }
  const id = await insertExternalAccount(store, strategy, proven)
  await connectAccount(store, owner.userId, id)
  return id
}

/** The same of an account that was kept while it was nobody's. */
export async function keepOrphan(store: Store, owner: KnownOwner, orphanId: string): Promise<string> {
  if (owner.kind === 'connected') {
    await absorbExternalAccount(store, owner.account.id, orphanId)
    return owner.account.id
  }
  await connectAccount(store, owner.userId, orphanId)
  return orphanId
}

/** What an account is recognised by. */
export function identifyingColumns(account: ExternalAccount): ExternalAccountColumns {
  const { providerUserId, emailAddress, emailVerified } = account
  return { provider_user_id: providerUserId, email_address: emailAddress, email_verified: emailVerified }
}
