// Whose a proven account is: of who connected it, or of who has the address that its provider vouches for.

import { findUserByIdentifier } from '../state/people/find-by-identifier.ts'
import {
  type ExternalAccount,
  type ExternalAccountColumns,
  findLinkedAccount,
} from '../state/people/external-accounts.ts'
import type { Store } from '../state/database/store.ts'

export type Owner =
  | { readonly kind: 'connected'; readonly userId: string; readonly account: ExternalAccount }
  /** Provider and instance both know that the address is hers: the account may be connected without asking. */
  | { readonly kind: 'vouched'; readonly userId: string }
  /** Somebody has the address, and one of the two does not know whether it is hers. Nothing may be connected. */
  | { readonly kind: 'unproven'; readonly userId: string; readonly emailAddress: string }
  | { readonly kind: 'nobody' }

/** Finds the owner. */
export async function ownerOf(store: Store, strategy: string, proven: ExternalAccountColumns): Promise<Owner> {
  const account = await findLinkedAccount(store, strategy, proven.provider_user_id ?? '')
  if (account !== null && account.userId !== null) return { kind: 'connected', userId: account.userId, account }
  const { email_address: emailAddress, email_verified: vouched } = proven
  if (typeof emailAddress !== 'string') return { kind: 'nobody' }
  const user = await findUserByIdentifier(store, 'email_address', emailAddress)
  if (user === null) return { kind: 'nobody' }
  const own = user.emailAddresses.find((address) => address.emailAddress === emailAddress)
  return vouched === true && own?.verificationStatus === 'verified'
    ? { kind: 'vouched', userId: user.id }
    : { kind: 'unproven', userId: user.id, emailAddress }
}
