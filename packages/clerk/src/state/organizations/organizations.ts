// Organizations: the record, its statements, its list.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import type { JsonObject } from '../../tokens/json.ts'
import { violatedConstraint } from '../database/database.ts'
import type { SignedIds } from '../people/find-users.ts'
import { type Listed, type Order, type Page, readPage } from '../database/page.ts'
import { assignments, type Bindings, bindings, containing, insertion } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export interface Organization {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly publicMetadata: JsonObject
  readonly privateMetadata: JsonObject
  /** Of an uploaded logo; null shows the drawn one. */
  readonly imageId: string | null
  /** 0 is no limit. */
  readonly maxAllowedMemberships: number
  readonly adminDeleteEnabled: boolean
  readonly createdBy: string | null
  readonly membersCount: number
  /** Invitations that may still be accepted, by the database's clock. */
  readonly pendingInvitationsCount: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** The part of an organization that people outside of it may see. */
export type OrganizationProfile = Pick<Organization, 'id' | 'name' | 'slug' | 'imageId'>

/** What `select` needs to read an `OrganizationProfile` from `clerk.organizations o`. */
export const organizationProfile = /* sql */ `
  jsonb_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'imageId', o.logo_image_id)`

/** Columns of `clerk.organizations` that requests may set. `undefined` leaves a column alone. */
export interface OrganizationColumns {
  readonly name?: string | undefined
  readonly slug?: string | undefined
  readonly public_metadata?: JsonObject | undefined
  readonly private_metadata?: JsonObject | undefined
  readonly max_allowed_memberships?: number | undefined
  readonly admin_delete_enabled?: boolean | undefined
  readonly logo_image_id?: string | null | undefined
  readonly created_by?: string | null | undefined
  readonly created_at?: number | undefined
}

export interface OrganizationFilter {
  /** Part of the name or slug, or the whole id. */
  readonly query?: string | undefined
  readonly organizationIds: SignedIds
  /** Organizations that have any of these users, and none of those, as members. */
  readonly userIds: SignedIds
}

export const organizationOrders = {
  name: 'o.name',
  created_at: 'o.created_at',
  members_count: '"membersCount"',
} as const

export type OrganizationOrder = keyof typeof organizationOrders

/** What `select` needs to read an `Organization` from `clerk.organizations o`. */
export const organizationColumns = /* sql */ `
  o.id, o.name, o.slug, o.public_metadata as "publicMetadata", o.private_metadata as "privateMetadata",
  o.logo_image_id as "imageId",
  o.max_allowed_memberships as "maxAllowedMemberships", o.admin_delete_enabled as "adminDeleteEnabled",
  o.created_by as "createdBy", o.created_at as "createdAt", o.updated_at as "updatedAt",
  (select count(*) from clerk.organization_memberships c
   where c.instance_id = o.instance_id and c.organization_id = o.id) as "membersCount",
  (select count(*) from clerk.organization_invitations p
   where p.instance_id = o.instance_id and p.organization_id = o.id and p.status = 'pending'
     and p.expires_at > extract(epoch from now()) * 1000) as "pendingInvitationsCount"`

/** Adds the bare record, without members. Refuses a slug that is taken. */
export async function insertOrganization(store: Store, id: string, columns: NewOrganizationColumns): Promise<void> {
  if (!(await insertWhereFree(store, id, columns))) throw takenSlug()
}

/** What a new record is made of. */
type NewOrganizationColumns = OrganizationColumns & {
  readonly name: string
  readonly slug: string
  readonly max_allowed_memberships: number
}

/** Adds the record unless the slug is taken, also by who takes it at this moment; false then. */
export async function insertWhereFree(store: Store, id: string, columns: NewOrganizationColumns): Promise<boolean> {
  const now = store.now()
  const row = { instance_id: store.instanceId, id, ...columns, created_at: columns.created_at ?? now, updated_at: now }
  const { text, values } = insertion('clerk.organizations', row)
  const added = await store.db.query(
    `${text} on conflict on constraint organizations_slug do nothing returning 1`,
    values,
  )
  return added.length > 0
}

/** Changes the record. Refuses an unknown organization and a slug that is taken. */
export async function updateOrganization(store: Store, id: string, columns: OrganizationColumns): Promise<void> {
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...columns, updated_at: store.now() }, bound)
  const text = `update clerk.organizations set ${set} where instance_id = $1 and id = $2 returning id`
  const [updated] = await refusingTakenSlug(() => store.db.query(text, bound.values))
  if (updated === undefined) throw notFound('organization', id)
}

/** Deletes an organization with its memberships; sessions in it fall back to the personal account. */
export async function deleteOrganization(store: Store, id: string): Promise<void> {
  const [deleted] = await store.db.query(
    'delete from clerk.organizations where instance_id = $1 and id = $2 returning id',
    [store.instanceId, id],
  )
  if (deleted === undefined) throw notFound('organization', id)
}

/** The organization with this id or slug. Refuses when there is none. */
export async function requireOrganization(store: Store, idOrSlug: string): Promise<Organization> {
  const [organization] = await store.db.query<Organization>(
    `select ${organizationColumns} from clerk.organizations o
     where o.instance_id = $1 and (o.id = $2 or o.slug = $2) order by o.id = $2 desc limit 1`,
    [store.instanceId, idOrSlug],
  )
  if (organization === undefined) throw notFound('organization', idOrSlug)
  return organization
}

/** The id of the organization with this id or slug, or null. */
export async function findOrganizationId(store: Store, idOrSlug: string): Promise<string | null> {
  const [found] = await store.db.query<{ id: string }>(
    `select id from clerk.organizations where instance_id = $1 and (id = $2 or slug = $2) order by id = $2 desc limit 1`,
    [store.instanceId, idOrSlug],
  )
  return found?.id ?? null
}

/** How many organizations there are that the user created. */
export async function countCreatedBy(store: Store, userId: string): Promise<number> {
  const [row] = await store.db.query<{ count: number }>(
    'select count(*) as count from clerk.organizations where instance_id = $1 and created_by = $2',
    [store.instanceId, userId],
  )
  return row?.count ?? 0
}

/** The organization, with its row locked to the end of the transaction. Refuses when there is none. */
export async function requireOrganizationLocked(store: Store, idOrSlug: string): Promise<Organization> {
  await store.db.query(
    'select 1 from clerk.organizations where instance_id = $1 and (id = $2 or slug = $2) for update',
    [store.instanceId, idOrSlug],
  )
  return requireOrganization(store, idOrSlug)
}

/** One page of the organizations that pass, and how many pass. */
export async function listOrganizations(
  store: Store,
  filter: OrganizationFilter,
  order: Order<OrganizationOrder>,
  page: Page,
): Promise<Listed<Organization>> {
  const bound = bindings(store.instanceId)
  const from = `from clerk.organizations o where ${organizationConditions(filter, bound).join(' and ')}`
  const orderBy = `${organizationOrders[order.column]} ${order.direction}, o.position ${order.direction}`
  return readPage(store, { columns: organizationColumns, from, orderBy }, bound, page)
}

function organizationConditions(filter: OrganizationFilter, bound: Bindings): string[] {
  const conditions = ['o.instance_id = $1']
  if (filter.query !== undefined) {
    const pattern = bound.bind(containing(filter.query))
    conditions.push(`(o.id = ${bound.bind(filter.query)} or o.name ilike ${pattern} or o.slug ilike ${pattern})`)
  }
  const { include, exclude } = filter.organizationIds
  if (include.length > 0) conditions.push(`o.id = any(${bound.bind(include)})`)
  if (exclude.length > 0) conditions.push(`not o.id = any(${bound.bind(exclude)})`)
  const hasMember = (ids: readonly string[]) => `exists (select from clerk.organization_memberships m
    where m.instance_id = o.instance_id and m.organization_id = o.id and m.user_id = any(${bound.bind(ids)}))`
  if (filter.userIds.include.length > 0) conditions.push(hasMember(filter.userIds.include))
  if (filter.userIds.exclude.length > 0) conditions.push(`not ${hasMember(filter.userIds.exclude)}`)
  return conditions
}

async function refusingTakenSlug<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (violatedConstraint(error) !== 'organizations_slug') throw error
    throw takenSlug(error)
  }
}

function takenSlug(cause?: unknown): ClerkRefusal {
  return new ClerkRefusal('form_identifier_exists', { param: 'slug', identifier: 'slug' }, { cause })
}
