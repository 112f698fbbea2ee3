// Somebody who does not exist, and looks as if she did: the answers to her are those that an account with a usual set
// of factors would get.

import { createHash } from 'node:crypto'

import type { AuthenticationSettings } from '../../state/instance/authentication-settings.ts'
import type { Identification } from '../../state/people/email-addresses.ts'
import { idOf } from '../../state/database/ids.ts'
import type { Store } from '../../state/database/store.ts'
import type { User } from '../../state/people/users.ts'
import type { Identifier } from './identify.ts'
import { phantomLockedUntil } from './phantom-guesses.ts'

/** The same identifier always makes the same phantom. */
export function phantomOf(store: Store, { kind, value }: Identifier, settings: AuthenticationSettings): User {
  const id = idFor(store, value)
  const identification: Identification = {
    id,
    userId: '',
    reserved: false,
    verificationStatus: 'verified',
    verificationStrategy: null,
    verificationId: null,
    createdAt: 0,
    updatedAt: 0,
  }
  return {
    ...nobody,
    passwordEnabled: settings.password !== 'off',
    emailAddresses: kind === 'email_address' ? [{ ...identification, emailAddress: value }] : [],
    primaryEmailAddressId: kind === 'email_address' ? id : null,
    phoneNumbers:
      kind === 'phone_number'
        ? [{ ...identification, phoneNumber: value, reservedForSecondFactor: false, defaultSecondFactor: false }]
        : [],
    primaryPhoneNumberId: kind === 'phone_number' ? id : null,
    username: kind === 'username' ? value : null,
    lockedUntil: phantomLockedUntil(store, value),
  }
}

/** An id like any other, of a moment that the identifier picks. */
function idFor({ instanceId }: Store, value: string): string {
  const digest = createHash('sha256').update(`${instanceId}:${value}`).digest()
  const moment = 1_700_000_000_000 + (digest.readUInt32BE(0) % 50_000_000) * 1000
  return idOf('idn', moment, digest.subarray(4, 20))
}

const nobody: User = {
  id: '',
  externalId: null,
  username: null,
  firstName: null,
  lastName: null,
  locale: null,
  timezone: null,
  passwordEnabled: false,
  passwordLastUpdatedAt: null,
  passwordCompromisedAt: null,
  totpEnabled: false,
  backupCodeEnabled: false,
  mfaEnabledAt: null,
  mfaDisabledAt: null,
  primaryEmailAddressId: null,
  primaryPhoneNumberId: null,
  publicMetadata: {},
  privateMetadata: {},
  unsafeMetadata: {},
  imageId: null,
  banned: false,
  lockedUntil: null,
  deleteSelfEnabled: true,
  createOrganizationEnabled: true,
  createOrganizationsLimit: null,
  bypassClientTrust: false,
  legalAcceptedAt: null,
  lastSignInAt: null,
  lastActiveAt: null,
  createdAt: 0,
  updatedAt: 0,
  emailAddresses: [],
  phoneNumbers: [],
  externalAccounts: [],
  passkeys: [],
}
