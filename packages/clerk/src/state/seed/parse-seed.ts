// A seed: people, organizations, roles and templates an instance should have, as a plain object (usually
// parsed from TOML or JSON). Checked whole before anything is written.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { isJsonObject, type JsonObject } from '../../tokens/json.ts'
import { type EnrollmentMode, enrollmentModes } from '../organizations/organization-domains.ts'
import type { RoleDescription } from '../organizations/put-role.ts'

export interface SeedUser {
  readonly externalId: string | null
  readonly emailAddresses: readonly string[]
  readonly phoneNumbers: readonly string[]
  readonly username: string | null
  readonly firstName: string | null
  readonly lastName: string | null
  readonly password: string | null
  readonly totpSecret: string | null
  readonly publicMetadata: JsonObject
  readonly privateMetadata: JsonObject
  readonly unsafeMetadata: JsonObject
}

/** A member: `user` is an e-mail address, username or external id of the instance. */
export interface SeedMember {
  readonly user: string
  readonly role: string
}

/** Somebody who is invited and has not answered. */
export interface SeedInvitation {
  readonly emailAddress: string
  readonly role: string
}

/** A domain that is proven to be the organization's. */
export interface SeedDomain {
  readonly name: string
  readonly enrollmentMode: EnrollmentMode
}

export interface SeedOrganization {
  readonly name: string
  readonly slug: string
  readonly publicMetadata: JsonObject
  readonly privateMetadata: JsonObject
  readonly members: readonly SeedMember[]
  readonly invitations: readonly SeedInvitation[]
  readonly domains: readonly SeedDomain[]
}

export interface SeedTemplate {
  readonly name: string
  readonly claims: JsonObject
  readonly lifetime: number
}

export interface Seed {
  readonly roles: readonly RoleDescription[]
  readonly users: readonly SeedUser[]
  readonly organizations: readonly SeedOrganization[]
  readonly jwtTemplates: readonly SeedTemplate[]
  readonly sessionClaims: JsonObject | null
}

/**
 * Reads a seed: `users`, `organizations` (with `members`, `invitations` and `domains`), `roles`, `jwt_templates` and `session_claims`, in the
 * Backend API's own words. Refuses unknown keys, wrong types, and users that nothing identifies, and says where.
 */
export function parseSeed(value: unknown): Seed {
  const seed = objectAt(value, 'seed', ['users', 'organizations', 'roles', 'jwt_templates', 'session_claims'])
  return {
    roles: listAt(seed['roles'], 'roles').map(parseRole),
    users: listAt(seed['users'], 'users').map(parseUser),
    organizations: listAt(seed['organizations'], 'organizations').map(parseOrganization),
    jwtTemplates: listAt(seed['jwt_templates'], 'jwt_templates').map(parseTemplate),
    sessionClaims: seed['session_claims'] === undefined ? null : metadataAt(seed['session_claims'], 'session_claims'),
  }
}

function parseRole(value: unknown, index: number): RoleDescription {
  const where = `roles[${index}]`
  const role = objectAt(value, where, ['key', 'name', 'description', 'permissions'])
  const key = textAt(role['key'], `${where}.key`)
  if (!/^org:[a-z0-9_]+$/.test(key)) throw invalid(`${where}.key`, 'org: and a name, for example org:billing')
  return {
    key,
    name: textAt(role['name'] ?? key, `${where}.name`),
    description: textAt(role['description'] ?? key, `${where}.description`),
    permissions: textsAt(role['permissions'], `${where}.permissions`),
  }
}

function parseUser(value: unknown, index: number): SeedUser {
  const where = `users[${index}]`
  const user = objectAt(value, where, [
    'external_id',
    'email_address',
    'phone_number',
    'username',
    'first_name',
    'last_name',
    'password',
    'totp_secret',
    'public_metadata',
    'private_metadata',
    'unsafe_metadata',
  ])
  const parsed = {
    externalId: optionalTextAt(user['external_id'], `${where}.external_id`),
    emailAddresses: textsAt(user['email_address'], `${where}.email_address`).map((text) => text.toLowerCase()),
    phoneNumbers: textsAt(user['phone_number'], `${where}.phone_number`),
    username: optionalTextAt(user['username'], `${where}.username`),
    firstName: optionalTextAt(user['first_name'], `${where}.first_name`),
    lastName: optionalTextAt(user['last_name'], `${where}.last_name`),
    password: optionalTextAt(user['password'], `${where}.password`),
    totpSecret: optionalTextAt(user['totp_secret'], `${where}.totp_secret`),
    publicMetadata: metadataAt(user['public_metadata'], `${where}.public_metadata`),
    privateMetadata: metadataAt(user['private_metadata'], `${where}.private_metadata`),
    unsafeMetadata: metadataAt(user['unsafe_metadata'], `${where}.unsafe_metadata`),
  }
  const identified = parsed.emailAddresses.length > 0 || parsed.username !== null || parsed.externalId !== null
  if (!identified) throw invalid(where, 'an email_address, a username or an external_id')
  return parsed
}

function parseOrganization(value: unknown, index: number): SeedOrganization {
  const where = `organizations[${index}]`
  const organization = objectAt(value, where, [
    'name',
    'slug',
    'public_metadata',
    'private_metadata',
    'members',
    'invitations',
    'domains',
  ])
  return {
    name: textAt(organization['name'], `${where}.name`),
    slug: textAt(organization['slug'], `${where}.slug`),
    publicMetadata: metadataAt(organization['public_metadata'], `${where}.public_metadata`),
    privateMetadata: metadataAt(organization['private_metadata'], `${where}.private_metadata`),
    members: listAt(organization['members'], `${where}.members`).map((member, position) => {
      const at = `${where}.members[${position}]`
      const read = objectAt(member, at, ['user', 'role'])
      return { user: textAt(read['user'], `${at}.user`), role: textAt(read['role'] ?? 'org:member', `${at}.role`) }
    }),
    invitations: listAt(organization['invitations'], `${where}.invitations`).map((invitation, position) =>
      parseInvitation(invitation, `${where}.invitations[${position}]`),
    ),
    domains: listAt(organization['domains'], `${where}.domains`).map((domain, position) =>
      parseDomain(domain, `${where}.domains[${position}]`),
    ),
  }
}

function parseInvitation(value: unknown, where: string): SeedInvitation {
  const read = objectAt(value, where, ['email_address', 'role'])
  return {
    emailAddress: textAt(read['email_address'], `${where}.email_address`).toLowerCase(),
    role: textAt(read['role'] ?? 'org:member', `${where}.role`),
  }
}

function parseDomain(value: unknown, where: string): SeedDomain {
  const read = objectAt(value, where, ['name', 'enrollment_mode'])
  const asked = textAt(read['enrollment_mode'] ?? 'manual_invitation', `${where}.enrollment_mode`)
  const enrollmentMode = enrollmentModes.find((mode) => mode === asked)
  if (enrollmentMode === undefined) throw invalid(`${where}.enrollment_mode`, enrollmentModes.join(' or '))
  return { name: textAt(read['name'], `${where}.name`).toLowerCase(), enrollmentMode }
}

function parseTemplate(value: unknown, index: number): SeedTemplate {
  const where = `jwt_templates[${index}]`
  const template = objectAt(value, where, ['name', 'claims', 'lifetime'])
  const lifetime = template['lifetime'] ?? 60
  if (typeof lifetime !== 'number' || !Number.isInteger(lifetime) || lifetime < 30) {
    throw invalid(`${where}.lifetime`, 'a whole number of seconds from 30 up')
  }
  return {
    name: textAt(template['name'], `${where}.name`),
    claims: metadataAt(template['claims'], `${where}.claims`),
    lifetime,
  }
}

function objectAt(value: unknown, where: string, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (!isJsonObject(value)) throw invalid(where, 'a table')
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown !== undefined) throw invalid(`${where}.${unknown}`, `one of ${known.join(', ')}`)
  return value
}

function listAt(value: unknown, where: string): readonly unknown[] {
  if (value === undefined) return []
  if (!Array.isArray(value)) throw invalid(where, 'a list')
  return value
}

function textAt(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') throw invalid(where, 'a text that is not empty')
  return value
}

function optionalTextAt(value: unknown, where: string): string | null {
  return value === undefined ? null : textAt(value, where)
}

function textsAt(value: unknown, where: string): readonly string[] {
  return (typeof value === 'string' ? [value] : listAt(value, where)).map((item) => textAt(item, where))
}

function metadataAt(value: unknown, where: string): JsonObject {
  if (value === undefined) return {}
  if (!isJsonObject(value)) throw invalid(where, 'a table')
  return value
}

function invalid(where: string, expected: string): ClerkRefusal {
  return new ClerkRefusal('seed_invalid', { where, expected: `expected ${expected}` })
}
