// A user and what identifies her, as the Backend API prints them.

import { externalAccountResource } from './external-account.ts'
import type { EmailAddress, Identification } from '../state/people/email-addresses.ts'
import type { PhoneNumber } from '../state/people/phone-numbers.ts'
import type { ImageUrlOf } from '../state/database/store.ts'
import type { User } from '../state/people/users.ts'

/** The user with what identifies her; `now` (Unix milliseconds) decides whether she is locked. */
export function userResource(user: User, now: number, imageUrlOf: ImageUrlOf): object {
  const imageUrl = imageUrlOf(user.id, user.imageId)
  return {
    id: user.id,
    object: 'user',
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    locale: user.locale,
    timezone: user.timezone,
    image_url: imageUrl,
    profile_image_url: imageUrl,
    has_image: user.imageId !== null,
    primary_email_address_id: user.primaryEmailAddressId,
    primary_phone_number_id: user.primaryPhoneNumberId,
    primary_web3_wallet_id: null,
    ...factors(user),
    email_addresses: user.emailAddresses.map((address) => ({
      ...emailAddressResource(address),
      linked_to: accountsBehind(address, user),
    })),
    phone_numbers: user.phoneNumbers.map(phoneNumberResource),
    web3_wallets: [],
    passkeys: user.passkeys.map(passkeyResource),
    external_accounts: user.externalAccounts.map(externalAccountResource),
    saml_accounts: [],
    enterprise_accounts: [],
    public_metadata: user.publicMetadata,
    private_metadata: user.privateMetadata,
    unsafe_metadata: user.unsafeMetadata,
    external_id: user.externalId,
    last_sign_in_at: user.lastSignInAt,
    ...standingOf(user, now),
    delete_self_enabled: user.deleteSelfEnabled,
    create_organization_enabled: user.createOrganizationEnabled,
    create_organizations_limit: user.createOrganizationsLimit,
    bypass_client_trust: user.bypassClientTrust,
    last_active_at: user.lastActiveAt,
    legal_accepted_at: user.legalAcceptedAt,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
  }
}

/** Whether she may come in, at `now` in Unix milliseconds. */
export function standingOf({ banned, lockedUntil }: User, now: number): object {
  const lockedFor = lockedUntil !== null && lockedUntil > now ? Math.ceil((lockedUntil - now) / 1000) : null
  return {
    banned,
    locked: lockedFor !== null,
    deprovisioned: false,
    lockout_expires_in_seconds: lockedFor,
    verification_attempts_remaining: lockedFor === null ? 100 : 0,
  }
}

function passkeyResource({ id, name, lastUsedAt }: User['passkeys'][number]): object {
  const verification = { object: 'verification_passkey', status: 'verified', strategy: 'passkey', attempts: null }
  return { id, object: 'passkey', name, last_used_at: lastUsedAt, verification: { ...verification, expire_at: null } }
}

function factors(user: User): object {
  const byPhone = user.phoneNumbers.some((number) => number.reservedForSecondFactor)
  return {
    password_enabled: user.passwordEnabled,
    password_last_updated_at: user.passwordLastUpdatedAt,
    requires_password_reset: user.passwordCompromisedAt !== null,
    two_factor_enabled: user.totpEnabled || byPhone,
    totp_enabled: user.totpEnabled,
    backup_code_enabled: user.backupCodeEnabled,
    mfa_enabled_at: user.mfaEnabledAt,
    mfa_disabled_at: user.mfaDisabledAt,
  }
}

/** The accounts with other providers that have an address, as what it is linked to. */
export function accountsBehind({ emailAddress }: EmailAddress, { externalAccounts }: User): readonly object[] {
  return externalAccounts
    .filter((account) => account.emailAddress === emailAddress && account.verificationStatus === 'verified')
    .map(({ identificationId, strategy }) => ({ id: identificationId, type: strategy }))
}

/** An address with how far it is proven. */
export function emailAddressResource(address: EmailAddress): object {
  return {
    id: address.id,
    object: 'email_address',
    email_address: address.emailAddress,
    ...identification(address),
    matches_sso_connection: false,
  }
}

/** A number with how far it is proven and its part as a second factor. */
export function phoneNumberResource(number: PhoneNumber): object {
  return {
    id: number.id,
    object: 'phone_number',
    phone_number: number.phoneNumber,
    reserved_for_second_factor: number.reservedForSecondFactor,
    default_second_factor: number.defaultSecondFactor,
    ...identification(number),
    backup_codes: null,
  }
}

function identification(of: Identification): object {
  const verification = {
    object: `verification_${verificationKind(of.verificationStrategy)}`,
    status: of.verificationStatus,
    strategy: of.verificationStrategy,
    attempts: null,
    expire_at: null,
  }
  return {
    reserved: of.reserved,
    verification: of.verificationStatus === null ? null : verification,
    linked_to: [],
    created_at: of.createdAt,
    updated_at: of.updatedAt,
  }
}

function verificationKind(strategy: string | null): string {
  if (strategy === 'admin') return 'admin'
  return strategy?.startsWith('from_oauth_') === true ? 'from_oauth' : 'otp'
}
