// The user herself, as her own browser sees her.

import { externalAccountResource } from '../../resources/external-account.ts'
import { accountsBehind, standingOf } from '../../resources/user.ts'
import { onlyUser } from '../../state/people/find-users.ts'
import { listMemberships, type Membership } from '../../state/organizations/memberships.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser, type User } from '../../state/people/users.ts'
import { findVerifications, type Verification } from '../../state/sessions/verifications.ts'
import { emailAddressResource, phoneNumberResource } from './identifications.ts'
import { membershipResource } from './organization.ts'
import { passkeyResource } from './passkey.ts'

/** A user with what hangs on her. */
export interface Profile {
  readonly user: User
  readonly memberships: readonly Membership[]
  /** Of her addresses and numbers, by id. */
  readonly verifications: ReadonlyMap<string, Verification>
}

/** More organizations than this are not shown with the user; lists of their own have them all. */
const mostMemberships = 100

/** Reads what a browser is shown of its user. */
export async function readProfile(store: Store, userId: string): Promise<Profile> {
  const user = await requireUser(store, userId)
  const memberships = await listMemberships(
    store,
    { users: onlyUser(userId), roles: [] },
    { column: 'created_at', direction: 'asc' },
    { limit: mostMemberships, offset: 0 },
  )
  const prepared = [...user.emailAddresses, ...user.phoneNumbers].flatMap(({ verificationId }) => verificationId ?? [])
  return { user, memberships: memberships.items, verifications: await findVerifications(store, prepared) }
}

/** The user resource. */
export function userResource({ user, memberships, verifications }: Profile, { imageUrlOf, now }: Store): object {
  const byPhone = user.phoneNumbers.some((number) => number.reservedForSecondFactor)
  return {
    object: 'user',
    id: user.id,
    external_id: user.externalId,
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    locale: user.locale,
    timezone: user.timezone,
    image_url: imageUrlOf(user.id, user.imageId),
    has_image: user.imageId !== null,
    profile_image_id: user.imageId,
    primary_email_address_id: user.primaryEmailAddressId,
    primary_phone_number_id: user.primaryPhoneNumberId,
    primary_web3_wallet_id: null,
    email_addresses: user.emailAddresses.map((address) => ({
      ...emailAddressResource(address, verifications),
      linked_to: accountsBehind(address, user),
    })),
    phone_numbers: user.phoneNumbers.map((number) => phoneNumberResource(number, verifications)),
    web3_wallets: [],
    external_accounts: user.externalAccounts.map(externalAccountResource),
    saml_accounts: [],
    enterprise_accounts: [],
    passkeys: user.passkeys.map(passkeyResource),
    organization_memberships: memberships.map((membership) => membershipResource(membership, imageUrlOf)),
    password_enabled: user.passwordEnabled,
    password_last_updated_at: user.passwordLastUpdatedAt,
    totp_enabled: user.totpEnabled,
    backup_code_enabled: user.backupCodeEnabled,
    two_factor_enabled: user.totpEnabled || byPhone,
    mfa_enabled_at: user.mfaEnabledAt,
    mfa_disabled_at: user.mfaDisabledAt,
    public_metadata: user.publicMetadata,
    unsafe_metadata: user.unsafeMetadata,
    last_sign_in_at: user.lastSignInAt,
    last_active_at: user.lastActiveAt,
    ...standingOf(user, now()),
    create_organization_enabled: user.createOrganizationEnabled,
    create_organizations_limit: user.createOrganizationsLimit,
    delete_self_enabled: user.deleteSelfEnabled,
    legal_accepted_at: user.legalAcceptedAt,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  }
}

/** The part of a user that is shown beside a session and in a sign-in. */
export function publicUserData(user: User, { imageUrlOf }: Store): object {
  return {
    user_id: user.id,
    first_name: user.firstName,
    last_name: user.lastName,
    image_url: imageUrlOf(user.id, user.imageId),
    has_image: user.imageId !== null,
    identifier: identifierOf(user) ?? '',
    username: user.username,
  }
}

/** What a user is called by: her primary address, number or username. */
export function identifierOf(user: User): string | null {
  const email = user.emailAddresses.find(({ id }) => id === user.primaryEmailAddressId)
  const phone = user.phoneNumbers.find(({ id }) => id === user.primaryPhoneNumberId)
  return email?.emailAddress ?? phone?.phoneNumber ?? user.username
}
