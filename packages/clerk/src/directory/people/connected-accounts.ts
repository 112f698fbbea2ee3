// The accounts that a person has with other providers, from either door. Each change is a change of the user.

import { notFound } from '../../refusal/not-found.ts'
import { isClaimedEmailAddress } from '../../state/people/email-addresses.ts'
import {
  changeExternalAccount,
  deleteExternalAccount,
  type ExternalAccount,
  type ExternalAccountColumns,
  requireExternalAccount,
} from '../../state/people/external-accounts.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser } from '../../state/people/users.ts'
import { addEmailAddress } from './change-email-address.ts'
import { changeUser } from './change-user.ts'

/** How an address is proven that a provider vouches for, for example `from_oauth_google`. */
export function vouchingStrategy(strategy: string): string {
  return `from_${strategy}`
}

/**
 * Gives a proven account to a user, with what the provider said of it. An address that the provider vouches for and
 * nobody has becomes one of hers. Refuses an account that another user has.
 */
export function connectAccount(
  store: Store,
  userId: string,
  accountId: string,
  columns: ExternalAccountColumns = {},
): Promise<void> {
  return store.atomically(async (inner) => {
    await changeExternalAccount(inner, accountId, { ...columns, user_id: userId })
    const { strategy, emailAddress, emailVerified } = await requireExternalAccount(inner, accountId)
    if (emailVerified === true && emailAddress !== null && !(await isHersOrClaimed(inner, userId, emailAddress))) {
      const vouched = { userId, emailAddress, status: 'verified', strategy: vouchingStrategy(strategy) } as const
      await addEmailAddress(inner, vouched)
    } else {
      await changeUser(inner, userId, {})
    }
  })
}

async function isHersOrClaimed(store: Store, userId: string, emailAddress: string): Promise<boolean> {
  if (await isClaimedEmailAddress(store, emailAddress)) return true
  const { emailAddresses } = await requireUser(store, userId)
  return emailAddresses.some((address) => address.emailAddress === emailAddress)
}

/** Takes an account from a user. Refuses one that is not hers. */
export function disconnectAccount(store: Store, userId: string, accountId: string): Promise<void> {
  return store.atomically(async (inner) => {
    const { id } = await requireAccountOf(inner, userId, accountId)
    await deleteExternalAccount(inner, id)
    await changeUser(inner, userId, {})
  })
}

/** Forgets the tokens that a provider gave for an account. Refuses one that is not the user's. */
export function forgetTokens(store: Store, userId: string, accountId: string): Promise<void> {
  return store.atomically(async (inner) => {
    const { id } = await requireAccountOf(inner, userId, accountId)
    const none = { access_token: null, access_token_expires_at: null, refresh_token: null, id_token: null }
    await changeExternalAccount(inner, id, none)
    await changeUser(inner, userId, {})
  })
}

/** A user's account. Refuses one that is not hers as one that is not there. */
export async function requireAccountOf(store: Store, userId: string, accountId: string): Promise<ExternalAccount> {
  const account = await requireExternalAccount(store, accountId)
  if (account.userId !== userId) throw notFound('external_account', accountId)
  return account
}
