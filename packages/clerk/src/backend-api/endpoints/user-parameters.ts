// What creating and changing a user have in common: the columns a body sets, and the password.

import { passwordColumns } from '../../directory/sessions/change-password.ts'
import { knownHashers, requireAcceptablePassword, requireDigest } from '../../proof/passwords/password-digests.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import type { UserColumns } from '../../state/people/users.ts'
import {
  type Body,
  clearableText,
  optionalChoice,
  optionalFlag,
  optionalInteger,
  optionalText,
  optionalTime,
  texts,
} from '../../parameters/body.ts'
import { requireUsernameForm } from '../../parameters/identifiers.ts'

/** Parameters of both endpoints. */
export const userParameters: readonly string[] = [
  'external_id',
  'first_name',
  'last_name',
  'locale',
  'timezone',
  'username',
  'password',
  'password_digest',
  'password_hasher',
  'skip_password_checks',
  'totp_secret',
  'backup_codes',
  'public_metadata',
  'private_metadata',
  'unsafe_metadata',
  'delete_self_enabled',
  'create_organization_enabled',
  'create_organizations_limit',
  'legal_accepted_at',
  'skip_legal_checks',
  'created_at',
  'bypass_client_trust',
]

const mostOrganizations = 1_000_000
const mostBackupCodes = 50

/** The columns a body sets directly. Refuses values their columns cannot take. */
export function userColumnsOf(body: Body): UserColumns {
  const username = clearableText(body, 'username')
  return {
    external_id: clearableText(body, 'external_id'),
    username: typeof username === 'string' ? requireUsernameForm(username) : username,
    first_name: clearableText(body, 'first_name'),
    last_name: clearableText(body, 'last_name'),
    locale: clearableText(body, 'locale'),
    timezone: clearableText(body, 'timezone'),
    delete_self_enabled: optionalFlag(body, 'delete_self_enabled'),
    create_organization_enabled: optionalFlag(body, 'create_organization_enabled'),
    create_organizations_limit: optionalInteger(body, 'create_organizations_limit', 0, mostOrganizations),
    bypass_client_trust: optionalFlag(body, 'bypass_client_trust'),
    legal_accepted_at: optionalTime(body, 'legal_accepted_at'),
    created_at: optionalTime(body, 'created_at') ?? undefined,
  }
}

/** The password columns: a password is digested, a digest taken over as it is. Refuses both at once. */
export async function passwordColumnsOf(body: Body, now: number): Promise<UserColumns> {
  const password = optionalText(body, 'password')
  const digest = optionalText(body, 'password_digest')
  const hasher = optionalChoice(body, 'password_hasher', knownHashers)
  if (typeof password === 'string' && typeof digest === 'string') {
    throw new ClerkRefusal('form_param_not_combinable', { param: 'password_digest', existing: 'password' })
  }
  if (typeof password === 'string') {
    if (optionalFlag(body, 'skip_password_checks') !== true) requireAcceptablePassword(password)
    return passwordColumns(password, now)
  }
  if (typeof digest === 'string') {
    if (hasher === undefined) throw missing('password_hasher', 'password_digest')
    requireDigest(hasher, digest)
    return {
      password_digest: digest,
      password_hasher: hasher,
      password_last_updated_at: now,
      password_compromised_at: null,
    }
  }
  if (hasher !== undefined) throw missing('password_digest', 'password_hasher')
  return {}
}

/** The backup codes of a body; undefined when it has none. Refuses empty and very long ones. */
export function backupCodesOf(body: Body): readonly string[] | undefined {
  if (body['backup_codes'] === undefined || body['backup_codes'] === null) return undefined
  const codes = texts(body, 'backup_codes')
  const bad = codes.find((code) => code === '' || code.length > 72)
  if (bad !== undefined || codes.length > mostBackupCodes) {
    throw new ClerkRefusal('form_param_value_invalid', { param: 'backup_codes', value: bad ?? `${codes.length} codes` })
  }
  return codes
}

/** The second-factor columns of `totp_secret`. Refuses a secret that is not base32. */
export function secondFactorColumnsOf(body: Body, now: number): UserColumns {
  const secret = optionalText(body, 'totp_secret')
  if (secret === undefined || secret === null || secret === '') return {}
  if (!/^[A-Z2-7]{16,128}=*$/i.test(secret)) {
    throw new ClerkRefusal('form_param_format_invalid', { param: 'totp_secret', expected: 'a base32 secret' })
  }
  return { totp_secret: secret, mfa_enabled_at: now }
}

function missing(param: string, present: string): ClerkRefusal {
  return new ClerkRefusal('form_conditional_param_missing', { param, present })
}
