// Users: the record, and the statements that write it. Listing and filtering is find-users.ts.

import type { JsonObject } from '../../tokens/json.ts'
import { violatedConstraint } from '../database/database.ts'
import type { EmailAddress } from './email-addresses.ts'
import { type ExternalAccount, externalAccountFields } from './external-accounts.ts'
import type { OwnPasskey } from './passkeys.ts'
import type { PhoneNumber } from './phone-numbers.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { assignments, bindings, insertion } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

/** A user as stored. Times are Unix milliseconds; the password itself never leaves the database. */
export interface User {
  readonly id: string
  readonly externalId: string | null
  readonly username: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly locale: string | null
  readonly timezone: string | null
  readonly passwordEnabled: boolean
  readonly passwordLastUpdatedAt: number | null
  /** When the password was called compromised; the next sign-in has to set another. */
  readonly passwordCompromisedAt: number | null
  readonly totpEnabled: boolean
  readonly backupCodeEnabled: boolean
  readonly mfaEnabledAt: number | null
  readonly mfaDisabledAt: number | null
  readonly primaryEmailAddressId: string | null
  readonly primaryPhoneNumberId: string | null
  readonly publicMetadata: JsonObject
  readonly privateMetadata: JsonObject
  readonly unsafeMetadata: JsonObject
  /** Of an uploaded picture; null shows the drawn one. */
  readonly imageId: string | null
  readonly banned: boolean
  readonly lockedUntil: number | null
  readonly deleteSelfEnabled: boolean
  readonly createOrganizationEnabled: boolean
  readonly createOrganizationsLimit: number | null
  readonly bypassClientTrust: boolean
  readonly legalAcceptedAt: number | null
  readonly lastSignInAt: number | null
  readonly lastActiveAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
  readonly emailAddresses: readonly EmailAddress[]
  readonly phoneNumbers: readonly PhoneNumber[]
  readonly externalAccounts: readonly ExternalAccount[]
  /** Those whose registration is complete. */
  readonly passkeys: readonly OwnPasskey[]
}

/** Columns of `clerk.users` that requests may set. `undefined` leaves a column alone. */
export interface UserColumns {
  readonly external_id?: string | null | undefined
  readonly username?: string | null | undefined
  readonly first_name?: string | null | undefined
  readonly last_name?: string | null | undefined
  readonly locale?: string | null | undefined
  readonly timezone?: string | null | undefined
  readonly password_digest?: string | null | undefined
  readonly password_hasher?: string | null | undefined
  readonly password_last_updated_at?: number | null | undefined
  readonly password_compromised_at?: number | null | undefined
  readonly totp_secret?: string | null | undefined
  readonly mfa_enabled_at?: number | null | undefined
  readonly mfa_disabled_at?: number | null | undefined
  readonly primary_email_address_id?: string | null | undefined
  readonly primary_phone_number_id?: string | null | undefined
  readonly public_metadata?: JsonObject | undefined
  readonly private_metadata?: JsonObject | undefined
  readonly unsafe_metadata?: JsonObject | undefined
  readonly profile_image_id?: string | null | undefined
  readonly banned?: boolean | undefined
  readonly locked_until?: number | null | undefined
  readonly delete_self_enabled?: boolean | undefined
  readonly create_organization_enabled?: boolean | undefined
  readonly create_organizations_limit?: number | null | undefined
  readonly bypass_client_trust?: boolean | undefined
  readonly legal_accepted_at?: number | null | undefined
  readonly last_sign_in_at?: number | null | undefined
  readonly last_active_at?: number | null | undefined
  readonly created_at?: number | undefined
}

/** What `select` needs to read a `User` from `clerk.users u`. */
export const userColumns = /* sql */ `
  u.id, u.external_id as "externalId", u.username, u.first_name as "firstName", u.last_name as "lastName",
  u.locale, u.timezone, u.password_digest is not null as "passwordEnabled",
  u.password_last_updated_at as "passwordLastUpdatedAt", u.password_compromised_at as "passwordCompromisedAt",
  u.totp_secret is not null as "totpEnabled", exists (
    select from clerk.backup_codes b where b.instance_id = u.instance_id and b.user_id = u.id) as "backupCodeEnabled",
  u.mfa_enabled_at as "mfaEnabledAt", u.mfa_disabled_at as "mfaDisabledAt",
  u.primary_email_address_id as "primaryEmailAddressId", u.primary_phone_number_id as "primaryPhoneNumberId",
  u.public_metadata as "publicMetadata", u.private_metadata as "privateMetadata",
  u.unsafe_metadata as "unsafeMetadata", u.profile_image_id as "imageId", u.banned, u.locked_until as "lockedUntil",
  u.delete_self_enabled as "deleteSelfEnabled", u.create_organization_enabled as "createOrganizationEnabled",
  u.create_organizations_limit as "createOrganizationsLimit", u.bypass_client_trust as "bypassClientTrust",
  u.legal_accepted_at as "legalAcceptedAt", u.last_sign_in_at as "lastSignInAt", u.last_active_at as "lastActiveAt",
  u.created_at as "createdAt", u.updated_at as "updatedAt",
  coalesce((
    select json_agg(json_build_object(
      'id', e.id, 'userId', e.user_id, 'emailAddress', e.email_address, 'reserved', e.reserved,
      'verificationStatus', e.verification_status, 'verificationStrategy', e.verification_strategy,
      'verificationId', e.verification_id,
      'createdAt', e.created_at, 'updatedAt', e.updated_at) order by e.position)
    from clerk.email_addresses e where e.instance_id = u.instance_id and e.user_id = u.id
  ), '[]') as "emailAddresses",
  coalesce((
    select json_agg(json_build_object(
      'id', p.id, 'userId', p.user_id, 'phoneNumber', p.phone_number, 'reserved', p.reserved,
      'reservedForSecondFactor', p.reserved_for_second_factor, 'defaultSecondFactor', p.default_second_factor,
      'verificationStatus', p.verification_status, 'verificationStrategy', p.verification_strategy,
      'verificationId', p.verification_id,
      'createdAt', p.created_at, 'updatedAt', p.updated_at) order by p.position)
    from clerk.phone_numbers p where p.instance_id = u.instance_id and p.user_id = u.id
  ), '[]') as "phoneNumbers",
  coalesce((
    select json_agg(json_build_object(${externalAccountFields}) order by x.position)
    from clerk.external_accounts x where x.instance_id = u.instance_id and x.user_id = u.id
  ), '[]') as "externalAccounts",
  coalesce((
    select json_agg(json_build_object(
      'id', k.id, 'name', k.name, 'credentialId', k.credential_id, 'transports', k.transports,
      'lastUsedAt', k.last_used_at, 'createdAt', k.created_at, 'updatedAt', k.updated_at) order by k.position)
    from clerk.passkeys k
    where k.instance_id = u.instance_id and k.user_id = u.id and k.credential_id is not null
  ), '[]') as passkeys`

/** Adds the bare record. Refuses a username or external id that another user has. */
export async function insertUser(store: Store, id: string, columns: UserColumns): Promise<void> {
  const now = store.now()
  const row = { instance_id: store.instanceId, id, ...columns, created_at: columns.created_at ?? now, updated_at: now }
  const { text, values } = insertion('clerk.users', row)
  await refusingTakenNames(() => store.db.query(text, values))
}

/** Changes the record. Refuses an unknown user, and a username or external id that another user has. */
export async function updateUser(store: Store, id: string, columns: UserColumns): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...columns, updated_at: store.now() }, bound)
  const text = `update clerk.users set ${set} where instance_id = $1 and id = $2 returning id`
  const [updated] = await refusingTakenNames(() => store.db.query(text, bound.values))
  if (updated === undefined) throw notFound('user', id)
}

/** Deletes a user with everything that is hers. Refuses an unknown one. Hands back her external id. */
export async function deleteUser(store: Store, id: string): Promise<{ readonly externalId: string | null }> {
  const [deleted] = await store.db.query<{ externalId: string | null }>(
    `delete from clerk.users where instance_id = $1 and id = $2 returning external_id as "externalId"`,
    [store.instanceId, id],
  )
  if (deleted === undefined) throw notFound('user', id)
  return deleted
}

/** The user. Refuses an id that is nobody's. */
export async function requireUser(store: Store, id: string): Promise<User> {
  const [user] = await store.db.query<User>(
    `select ${userColumns} from clerk.users u where u.instance_id = $1 and u.id = $2`,
    [store.instanceId, id],
    'clerk-user',
  )
  if (user === undefined) throw notFound('user', id)
  return user
}

/** The stored password digest and how it was made; null when the user has no password. Refuses an unknown user. */
export async function requirePasswordDigest(
  store: Store,
  id: string,
): Promise<{ readonly digest: string; readonly hasher: string } | null> {
  const [row] = await store.db.query<{ digest: string | null; hasher: string | null }>(
    'select password_digest as digest, password_hasher as hasher from clerk.users where instance_id = $1 and id = $2',
    [store.instanceId, id],
  )
  if (row === undefined) throw notFound('user', id)
  return row.digest === null || row.hasher === null ? null : { digest: row.digest, hasher: row.hasher }
}

/** Keeps another digest of the same password, unless the password was changed since it was read. */
export async function replacePasswordDigest(
  store: Store,
  id: string,
  before: string,
  after: { readonly digest: string; readonly hasher: string },
): Promise<void> {
  await store.db.query(
    `update clerk.users set password_digest = $4, password_hasher = $5
     where instance_id = $1 and id = $2 and password_digest = $3`,
    [store.instanceId, id, before, after.digest, after.hasher],
  )
}

/** The secret of the user's authenticator app, or null. Refuses an unknown user. */
export async function requireTotpSecret(store: Store, id: string): Promise<string | null> {
  const [row] = await store.db.query<{ secret: string | null }>(
    'select totp_secret as secret from clerk.users where instance_id = $1 and id = $2',
    [store.instanceId, id],
  )
  if (row === undefined) throw notFound('user', id)
  return row.secret
}

async function refusingTakenNames<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (constraint === 'users_username') throw taken('username', 'username', error)
    if (constraint === 'users_external_id') throw taken('external_id', 'external id', error)
    throw error
  }
}

function taken(param: string, identifier: string, cause: unknown): ClerkRefusal {
  return new ClerkRefusal('form_identifier_exists', { param, identifier }, { cause })
}

/** The user, with her row locked to the end of the transaction. Refuses an id that is nobody's. */
export async function requireUserLocked(store: Store, id: string): Promise<User> {
  await store.db.query('select 1 from clerk.users where instance_id = $1 and id = $2 for update', [
    store.instanceId,
    id,
  ])
  return requireUser(store, id)
}
