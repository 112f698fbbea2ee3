// Who belongs to which organization, in which role.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import type { JsonObject } from '../../tokens/json.ts'
import { violatedConstraint } from '../database/database.ts'
import { type UserFilter, userConditions, userOrders } from '../people/find-users.ts'
import { newId } from '../database/ids.ts'
import { type Organization, organizationColumns } from './organizations.ts'
import { type Listed, type Order, type Page, readPage } from '../database/page.ts'
import { assignments, bindings, insertion } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

/** The part of a user that her organizations may show. */
export interface MemberProfile {
  readonly id: string
  readonly firstName: string | null
  readonly lastName: string | null
  readonly username: string | null
  readonly imageId: string | null
  readonly banned: boolean
  /** Her primary e-mail address, else phone number, else username. */
  readonly identifier: string | null
}

export interface Membership {
  readonly id: string
  readonly role: string
  readonly roleName: string
  /** Keys of the role's permissions, system ones included. */
  readonly permissions: readonly string[]
  readonly publicMetadata: JsonObject
  readonly privateMetadata: JsonObject
  readonly createdAt: number
  readonly updatedAt: number
  readonly organization: Organization
  readonly user: MemberProfile
}

/** Columns of `clerk.organization_memberships` that requests may set. */
export interface MembershipColumns {
  readonly role?: string | undefined
  readonly public_metadata?: JsonObject | undefined
  readonly private_metadata?: JsonObject | undefined
}

/** Which memberships: of an organization, of users that pass a filter, in certain roles. */
export interface MembershipFilter {
  readonly organizationId?: string
  readonly users: UserFilter
  readonly roles: readonly string[]
}

export const membershipOrders = {
  created_at: 'm.created_at',
  phone_number: userOrders.phone_number,
  email_address: userOrders.email_address,
  first_name: userOrders.first_name,
  last_name: userOrders.last_name,
  username: userOrders.username,
} as const

export type MembershipOrder = keyof typeof membershipOrders

/** What `select` needs to read a `MemberProfile` from `clerk.users u`. */
export const memberProfile = /* sql */ `
  jsonb_build_object(
    'id', u.id, 'firstName', u.first_name, 'lastName', u.last_name, 'username', u.username,
    'imageId', u.profile_image_id, 'banned', u.banned,
    'identifier', coalesce(${userOrders.email_address}, ${userOrders.phone_number}, u.username))`

const columns = /* sql */ `
  m.id, m.role, r.name as "roleName", m.public_metadata as "publicMetadata",
  m.private_metadata as "privateMetadata", m.created_at as "createdAt", m.updated_at as "updatedAt",
  array(select p.key from clerk.role_permissions rp
        join clerk.permissions p on p.instance_id = rp.instance_id and p.id = rp.permission_id
        where rp.instance_id = r.instance_id and rp.role_id = r.id order by p.key) as permissions,
  (select to_jsonb(o) from (select ${organizationColumns}) o) as organization,
  ${memberProfile} as user`

const source = /* sql */ `
  clerk.organization_memberships m
  join clerk.users u on u.instance_id = m.instance_id and u.id = m.user_id
  join clerk.organizations o on o.instance_id = m.instance_id and o.id = m.organization_id
  join clerk.roles r on r.instance_id = m.instance_id and r.key = m.role`

/** Refuses when so many more members, beside those there are and those invited, would be more than the organization allows. */
export function requirePlaces(organization: Organization, wanted: number): void {
  const most = organization.maxAllowedMemberships
  if (most > 0 && organization.membersCount + organization.pendingInvitationsCount + wanted > most) {
    throw new ClerkRefusal('organization_membership_quota_exceeded', { most })
  }
}

/** Adds a member. Refuses one who is in already, an unknown role, and one more than the organization allows. */
export async function insertMembership(
  store: Store,
  organization: Organization,
  userId: string,
  row: MembershipColumns & { readonly role: string },
): Promise<void> {
  requirePlaces(organization, 1)
  const now = store.now()
  const { text, values } = insertion('clerk.organization_memberships', {
    instance_id: store.instanceId,
    id: newId('orgmem'),
    organization_id: organization.id,
    user_id: userId,
    ...row,
    created_at: now,
    updated_at: now,
  })
  await refusingBadMembership(userId, row.role, () => store.db.query(text, values))
}

/** Changes a membership. Refuses an unknown role and somebody who is no member. */
export async function updateMembership(
  store: Store,
  organizationId: string,
  userId: string,
  change: MembershipColumns,
): Promise<void> {
  const bound = bindings(store.instanceId, organizationId, userId)
  const set = assignments({ ...change, updated_at: store.now() }, bound)
  const [updated] = await refusingBadMembership(userId, change.role ?? '', () =>
    store.db.query(
      `update clerk.organization_memberships set ${set}
       where instance_id = $1 and organization_id = $2 and user_id = $3 returning id`,
      bound.values,
    ),
  )
  if (updated === undefined) throw notFound('organization_membership', userId)
}

/** Takes a member out; her sessions in the organization fall back to the personal account. */
export async function deleteMembership(store: Store, organizationId: string, userId: string): Promise<void> {
  const ids = [store.instanceId, organizationId, userId]
  const [deleted] = await store.db.query(
    `delete from clerk.organization_memberships
     where instance_id = $1 and organization_id = $2 and user_id = $3 returning id`,
    ids,
  )
  if (deleted === undefined) throw notFound('organization_membership', userId)
  await store.db.query(
    `update clerk.sessions set active_organization_id = null
     where instance_id = $1 and active_organization_id = $2 and user_id = $3`,
    ids,
  )
}

/** The membership. Refuses somebody who is no member. */
export async function requireMembership(store: Store, organizationId: string, userId: string): Promise<Membership> {
  const membership = await findMembership(store, organizationId, userId)
  if (membership === null) throw notFound('organization_membership', userId)
  return membership
}

/** The membership, or null. */
export async function findMembership(store: Store, organizationId: string, userId: string): Promise<Membership | null> {
  const [membership] = await store.db.query<Membership>(
    `select ${columns} from ${source} where m.instance_id = $1 and m.organization_id = $2 and m.user_id = $3`,
    [store.instanceId, organizationId, userId],
  )
  return membership ?? null
}

/** One page of the memberships that pass, and how many pass. */
export async function listMemberships(
  store: Store,
  filter: MembershipFilter,
  order: Order<MembershipOrder>,
  page: Page,
): Promise<Listed<Membership>> {
  const bound = bindings(store.instanceId)
  const conditions = userConditions(filter.users, bound)
  if (filter.organizationId !== undefined) conditions.push(`m.organization_id = ${bound.bind(filter.organizationId)}`)
  if (filter.roles.length > 0) conditions.push(`m.role = any(${bound.bind(filter.roles)})`)
  const from = `from ${source} where ${conditions.join(' and ')}`
  const orderBy = `${membershipOrders[order.column]} ${order.direction}, m.position ${order.direction}`
  return readPage(store, { columns, from, orderBy }, bound, page)
}

async function refusingBadMembership<Result>(
  userId: string,
  role: string,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (constraint === 'organization_memberships_role') throw notFound('organization_role', role)
    if (constraint !== 'organization_memberships_once') throw error
    throw new ClerkRefusal('already_a_member_in_organization', { userId }, { cause: error })
  }
}

/** How many members hold every one of the permissions. */
export async function membersWithAll(
  store: Store,
  organizationId: string,
  permissions: readonly string[],
): Promise<number> {
  const [row] = await store.db.query<{ count: number }>(
    `select count(*) as count from clerk.organization_memberships m
     join clerk.roles r on r.instance_id = m.instance_id and r.key = m.role
     where m.instance_id = $1 and m.organization_id = $2 and $3 <@ array(
       select p.key from clerk.role_permissions rp
       join clerk.permissions p on p.instance_id = rp.instance_id and p.id = rp.permission_id
       where rp.instance_id = r.instance_id and rp.role_id = r.id)`,
    [store.instanceId, organizationId, permissions],
  )
  return row?.count ?? 0
}

/** The id of the membership whose user has the address, verified; null when nobody's has. */
export async function findMembershipByEmail(
  store: Store,
  organizationId: string,
  emailAddress: string,
): Promise<string | null> {
  const [row] = await store.db.query<{ id: string }>(
    `select m.id from clerk.organization_memberships m
     join clerk.email_addresses e on e.instance_id = m.instance_id and e.user_id = m.user_id
     where m.instance_id = $1 and m.organization_id = $2 and e.email_address = $3
       and e.verification_status = 'verified' limit 1`,
    [store.instanceId, organizationId, emailAddress],
  )
  return row?.id ?? null
}
