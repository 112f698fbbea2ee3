// Accounts that people have with other providers. One without a user was brought by somebody whose sign-up or sign-in
// is still under way; it is of nobody until that ends well, and forgotten after a day.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import type { WireError } from '../../refusal/render-clerk-refusal.ts'
import type { JsonObject } from '../../tokens/json.ts'
import { violatedConstraint } from '../database/database.ts'
import { newId } from '../database/ids.ts'
import { assignments, bindings, insertion } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

/** An account as both doors show it; its tokens are read apart. */
export interface ExternalAccount {
  readonly id: string
  readonly identificationId: string
  readonly userId: string | null
  /** `oauth_google`, `oauth_custom_acme` … */
  readonly strategy: string
  readonly providerUserId: string
  readonly emailAddress: string | null
  /** What the provider says of the address; null where it says nothing. */
  readonly emailVerified: boolean | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly username: string | null
  readonly imageUrl: string | null
  readonly approvedScopes: string
  readonly publicMetadata: JsonObject
  readonly label: string | null
  readonly verificationStatus: 'unverified' | 'verified' | 'failed'
  readonly verificationError: WireError | null
  /** Where the browser goes to prove it; null once it was there. */
  readonly verificationUrl: string | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** Columns that a provider's answer sets. `undefined` leaves a column alone. */
export interface ExternalAccountColumns {
  readonly user_id?: string | null | undefined
  readonly provider_user_id?: string | undefined
  readonly email_address?: string | null | undefined
  readonly email_verified?: boolean | null | undefined
  readonly first_name?: string | null | undefined
  readonly last_name?: string | null | undefined
  readonly username?: string | null | undefined
  readonly image_url?: string | null | undefined
  readonly approved_scopes?: string | undefined
  readonly access_token?: string | null | undefined
  readonly access_token_expires_at?: number | null | undefined
  readonly refresh_token?: string | null | undefined
  readonly id_token?: string | null | undefined
  readonly verification_status?: ExternalAccount['verificationStatus'] | undefined
  readonly verification_error?: WireError | null | undefined
  readonly verification_url?: string | null | undefined
}

/** What `json_build_object` needs to make an `ExternalAccount` of `clerk.external_accounts x`. */
export const externalAccountFields = /* sql */ `
  'id', x.id, 'identificationId', x.identification_id, 'userId', x.user_id, 'strategy', x.strategy,
  'providerUserId', x.provider_user_id, 'emailAddress', x.email_address, 'emailVerified', x.email_verified,
  'firstName', x.first_name, 'lastName', x.last_name, 'username', x.username, 'imageUrl', x.image_url,
  'approvedScopes', x.approved_scopes, 'publicMetadata', x.public_metadata, 'label', x.label,
  'verificationStatus', x.verification_status, 'verificationError', x.verification_error,
  'verificationUrl', x.verification_url, 'createdAt', x.created_at, 'updatedAt', x.updated_at`

const orphanLifetime = 86_400_000

/** Adds an account and hands back its id. Forgets those that nobody claimed within a day. */
export async function insertExternalAccount(
  store: Store,
  strategy: string,
  columns: ExternalAccountColumns,
): Promise<string> {
  const { instanceId, db } = store
  const now = store.now()
  const id = newId('eac')
  await db.query('delete from clerk.external_accounts where instance_id = $1 and user_id is null and created_at < $2', [
    instanceId,
    now - orphanLifetime,
  ])
  const row = {
    instance_id: instanceId,
    id,
    identification_id: newId('idn'),
    strategy,
    provider_user_id: '',
    verification_status: 'unverified',
    ...columns,
    created_at: now,
    updated_at: now,
  }
  const { text, values } = insertion('clerk.external_accounts', row)
  await refusingClaimedAccount(() => db.query(text, values))
  return id
}

/** Changes an account. Refuses to give it to somebody while another has it. */
export async function changeExternalAccount(store: Store, id: string, columns: ExternalAccountColumns): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...columns, updated_at: store.now() }, bound)
  await refusingClaimedAccount(() =>
    store.db.query(`update clerk.external_accounts set ${set} where instance_id = $1 and id = $2`, bound.values),
  )
}

/** The account. Refuses an unknown id. */
export async function requireExternalAccount(store: Store, id: string): Promise<ExternalAccount> {
  const [row] = await store.db.query<{ account: ExternalAccount }>(
    `select json_build_object(${externalAccountFields}) as account from clerk.external_accounts x
     where x.instance_id = $1 and x.id = $2`,
    [store.instanceId, id],
  )
  if (row === undefined) throw notFound('external_account', id)
  return row.account
}

/** The account that somebody here has with a provider, or null. */
export async function findLinkedAccount(
  store: Store,
  strategy: string,
  providerUserId: string,
): Promise<ExternalAccount | null> {
  const [row] = await store.db.query<{ account: ExternalAccount }>(
    `select json_build_object(${externalAccountFields}) as account from clerk.external_accounts x
     where x.instance_id = $1 and x.strategy = $2 and x.provider_user_id = $3
       and x.user_id is not null and x.verification_status = 'verified'`,
    [store.instanceId, strategy, providerUserId],
  )
  return row?.account ?? null
}

/** Keeps in one account what the provider said last, which another that is nobody's has; that one goes. */
export async function absorbExternalAccount(store: Store, id: string, orphanId: string): Promise<void> {
  await store.db.query(
    `with orphan as (
       delete from clerk.external_accounts where instance_id = $1 and id = $3 and user_id is null returning *)
     update clerk.external_accounts x set
       email_address = orphan.email_address, email_verified = orphan.email_verified, first_name = orphan.first_name,
       last_name = orphan.last_name, username = orphan.username, image_url = orphan.image_url,
       approved_scopes = orphan.approved_scopes, access_token = orphan.access_token,
       access_token_expires_at = orphan.access_token_expires_at,
       refresh_token = coalesce(orphan.refresh_token, x.refresh_token),
       id_token = coalesce(orphan.id_token, x.id_token), updated_at = $4
     from orphan where x.instance_id = $1 and x.id = $2`,
    [store.instanceId, id, orphanId, store.now()],
  )
}

/** Deletes an account. */
export async function deleteExternalAccount(store: Store, id: string): Promise<void> {
  await store.db.query('delete from clerk.external_accounts where instance_id = $1 and id = $2', [store.instanceId, id])
}

/** Forgets the accounts with a provider that a user began to connect and did not. */
export async function deleteUnprovenAccounts(store: Store, userId: string, strategy: string): Promise<void> {
  await store.db.query(
    `delete from clerk.external_accounts
     where instance_id = $1 and user_id = $2 and strategy = $3 and verification_status <> 'verified'`,
    [store.instanceId, userId, strategy],
  )
}

/** The tokens that a provider gave for an account. `accessTokenExpiresAt` in Unix milliseconds, null for never. */
export interface ProviderTokens {
  readonly accountId: string
  readonly accessToken: string
  readonly accessTokenExpiresAt: number | null
  readonly refreshToken: string | null
  readonly idToken: string | null
}

/** The tokens of a user's proven accounts with a provider, the oldest account first. */
export async function readProviderTokens(
  store: Store,
  userId: string,
  strategy: string,
): Promise<readonly ProviderTokens[]> {
  return await store.db.query<ProviderTokens>(
    `select id as "accountId", access_token as "accessToken", access_token_expires_at as "accessTokenExpiresAt",
       refresh_token as "refreshToken", id_token as "idToken"
     from clerk.external_accounts
     where instance_id = $1 and user_id = $2 and strategy = $3 and verification_status = 'verified'
       and access_token is not null
     order by position`,
    [store.instanceId, userId, strategy],
  )
}

async function refusingClaimedAccount<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (violatedConstraint(error) !== 'external_accounts_owner') throw error
    throw new ClerkRefusal('oauth_identification_claimed', {}, { cause: error })
  }
}
