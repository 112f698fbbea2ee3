// Brings an instance to its seed, in one transaction. What is there already is found again by external id,
// e-mail address or username (users), slug (organizations), key (roles), name (templates), and is brought
// to the seed; nothing is taken away.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { digestPassword } from '../../proof/passwords/password-digests.ts'
import { insertEmailAddress } from '../people/email-addresses.ts'
import { newId } from '../database/ids.ts'
import type { Instance } from '../instance/instance.ts'
import { insertJwtTemplate, updateJwtTemplate } from '../instance/jwt-templates.ts'
import { insertMembership, updateMembership } from '../organizations/memberships.ts'
import { insertOrganization, requireOrganization, updateOrganization } from '../organizations/organizations.ts'
import { insertPhoneNumber } from '../people/phone-numbers.ts'
import { putRole } from '../organizations/put-role.ts'
import type { Store } from '../database/store.ts'
import { insertUser, requireUser, updateUser } from '../people/users.ts'
import { putDomain, putInvitation } from './put-organization-entries.ts'
import type { Seed, SeedMember, SeedOrganization, SeedTemplate, SeedUser } from './parse-seed.ts'

/** Applies a seed. Refuses a member or role it cannot find; then nothing of the seed is kept. */
export async function applySeed(instance: Instance, seed: Seed): Promise<void> {
  const { organizations } = (await instance.snapshot()).settings
  if (seed.sessionClaims !== null) await instance.changeSettings({ sessionClaims: seed.sessionClaims })
  await instance.store.atomically(async (store) => {
    for (const role of seed.roles) await putRole(store, role)
    for (const user of seed.users) await putUser(store, user)
    for (const [index, organization] of seed.organizations.entries()) {
      const id = await putOrganization(store, organization, organizations.maxAllowedMemberships)
      for (const member of organization.members) await putMember(store, id, member, `organizations[${index}].members`)
      for (const domain of organization.domains) await putDomain(store, id, domain)
      for (const invitation of organization.invitations) await putInvitation(store, id, invitation)
    }
    for (const template of seed.jwtTemplates) await putTemplate(store, template)
  })
}

async function putUser(store: Store, user: SeedUser): Promise<void> {
  const names = [user.externalId, ...user.emailAddresses, user.username].filter((name) => name !== null)
  const known = await findUserId(store, names)
  const id = known ?? newId('user')
  const columns = {
    external_id: user.externalId ?? undefined,
    username: user.username ?? undefined,
    first_name: user.firstName ?? undefined,
    last_name: user.lastName ?? undefined,
    totp_secret: user.totpSecret ?? undefined,
    public_metadata: user.publicMetadata,
    private_metadata: user.privateMetadata,
    unsafe_metadata: user.unsafeMetadata,
  }
  if (known === null) {
    await insertUser(store, id, { ...columns, ...(await passwordColumns(user, store.now())) })
  } else {
    // A password that was changed since the first start stays changed.
    const kept = (await requireUser(store, id)).passwordEnabled
    await updateUser(store, id, kept ? columns : { ...columns, ...(await passwordColumns(user, store.now())) })
  }
  await putIdentifiers(store, id, user)
}

async function passwordColumns(user: SeedUser, now: number): Promise<object> {
  if (user.password === null) return {}
  const digest = await digestPassword(user.password)
  return { password_digest: digest, password_hasher: 'argon2id', password_last_updated_at: now }
}

async function putIdentifiers(store: Store, id: string, user: SeedUser): Promise<void> {
  const before = await requireUser(store, id)
  const emails = new Set(before.emailAddresses.map(({ emailAddress }) => emailAddress))
  const phones = new Set(before.phoneNumbers.map(({ phoneNumber }) => phoneNumber))
  for (const email of user.emailAddresses) {
    if (!emails.has(email)) await insertEmailAddress(store, id, email, 'verified')
  }
  for (const phone of user.phoneNumbers) {
    if (!phones.has(phone)) await insertPhoneNumber(store, id, phone, 'verified')
  }
  const after = await requireUser(store, id)
  await updateUser(store, id, {
    primary_email_address_id: before.primaryEmailAddressId ?? after.emailAddresses[0]?.id,
    primary_phone_number_id: before.primaryPhoneNumberId ?? after.phoneNumbers[0]?.id,
  })
}

async function putOrganization(store: Store, organization: SeedOrganization, limit: number): Promise<string> {
  const [known] = await store.db.query<{ id: string }>(
    'select id from clerk.organizations where instance_id = $1 and slug = $2',
    [store.instanceId, organization.slug],
  )
  const columns = {
    name: organization.name,
    slug: organization.slug,
    public_metadata: organization.publicMetadata,
    private_metadata: organization.privateMetadata,
  }
  if (known !== undefined) {
    await updateOrganization(store, known.id, columns)
    return known.id
  }
  const id = newId('org')
  await insertOrganization(store, id, { ...columns, max_allowed_memberships: limit })
  return id
}

async function putMember(store: Store, organizationId: string, member: SeedMember, where: string): Promise<void> {
  const userId = await findUserId(store, [member.user])
  if (userId === null) throw new ClerkRefusal('seed_invalid', { where, expected: `no user is called ${member.user}` })
  const [known] = await store.db.query(
    'select 1 from clerk.organization_memberships where instance_id = $1 and organization_id = $2 and user_id = $3',
    [store.instanceId, organizationId, userId],
  )
  if (known !== undefined) await updateMembership(store, organizationId, userId, { role: member.role })
  else await insertMembership(store, await requireOrganization(store, organizationId), userId, { role: member.role })
}

async function putTemplate(store: Store, template: SeedTemplate): Promise<void> {
  const [known] = await store.db.query<{ id: string }>(
    'select id from clerk.jwt_templates where instance_id = $1 and name = $2',
    [store.instanceId, template.name],
  )
  if (known !== undefined) {
    await updateJwtTemplate(store, known.id, { claims: template.claims, lifetime: template.lifetime })
    return
  }
  await insertJwtTemplate(store, newId('jtmp'), {
    ...template,
    allowed_clock_skew: 5,
    custom_signing_key: false,
    signing_algorithm: 'RS256',
    signing_key: null,
  })
}

/** The user any of the names points to: an external id, an e-mail address in lower case, or a username. */
async function findUserId(store: Store, names: readonly string[]): Promise<string | null> {
  const [user] = await store.db.query<{ id: string }>(
    `select u.id from clerk.users u where u.instance_id = $1 and (
       u.external_id = any($2) or lower(u.username) = any($3) or exists (
         select from clerk.email_addresses e
         where e.instance_id = u.instance_id and e.user_id = u.id and e.email_address = any($3)))
     order by u.position limit 1`,
    [store.instanceId, names, names.map((name) => name.toLowerCase())],
  )
  return user?.id ?? null
}
