// The endpoints under /organizations, save those of their memberships.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { newId } from '../../state/ids.ts'
import { insertMembership } from '../../state/memberships.ts'
import {
  deleteOrganization,
  insertOrganization,
  listOrganizations,
  type OrganizationColumns,
  type OrganizationOrder,
  organizationOrders,
  requireOrganization,
  requireOrganizationLocked,
  slugIsFree,
  updateOrganization as writeOrganization,
} from '../../state/organizations.ts'
import type { Store } from '../../state/store.ts'
import { requireUser } from '../../state/users.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'
import {
  type Body,
  optionalFlag,
  optionalInteger,
  optionalObject,
  optionalText,
  optionalTime,
  requireBody,
  requireText,
} from '../../parameters/body.ts'
import { requireSlugForm, slugOf } from '../../parameters/identifiers.ts'
import { mergedField, replacedField } from '../../parameters/metadata.ts'
import { flag, oneValue, orderOf, pageOf, signedIds } from '../../parameters/query.ts'
import { deletion, listing } from '../../resources/listing.ts'
import { organizationResource } from '../../resources/organization.ts'

export const organizationEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/organizations', answer: createOrganization },
  { method: 'GET', path: '/organizations', answer: organizationList },
  { method: 'GET', path: '/organizations/:organization_id', answer: organizationByIdOrSlug },
  { method: 'PATCH', path: '/organizations/:organization_id', answer: updateOrganization },
  { method: 'DELETE', path: '/organizations/:organization_id', answer: removeOrganization },
  { method: 'PATCH', path: '/organizations/:organization_id/metadata', answer: mergeMetadata },
  { method: 'PUT', path: '/organizations/:organization_id/metadata', answer: replaceMetadata },
]

const longestName = 256
const mostMembers = 1_000_000
const changeable = ['name', 'slug', 'max_allowed_memberships', 'public_metadata', 'private_metadata', 'created_at']

/** Creates an organization; who is named in `created_by` becomes its first member, in the creator's role. */
async function createOrganization(request: BackendRequest): Promise<object> {
  const { instance, store } = request
  const body = requireBody(request.body, [...changeable, 'created_by', 'role_set_key'])
  const name = requireText(body, 'name', longestName)
  const { settings } = await instance.snapshot()
  const createdBy = optionalText(body, 'created_by') || null
  const id = newId('org')
  await store.atomically(async (inner) => {
    if (createdBy !== null) await requireCreator(inner, createdBy)
    await insertOrganization(inner, id, {
      ...columnsOf(body),
      name,
      slug: await slugFor(inner, body, name),
      max_allowed_memberships: columnsOf(body).max_allowed_memberships ?? settings.organizations.maxAllowedMemberships,
      created_by: createdBy,
    })
    if (createdBy === null) return
    const organization = await requireOrganization(inner, id)
    await insertMembership(inner, organization, createdBy, { role: settings.organizations.creatorRole })
  })
  return answerFor(request, id)
}

async function organizationList({ store, query }: BackendRequest): Promise<object> {
  const columns = Object.keys(organizationOrders) as OrganizationOrder[]
  const order = orderOf(query, columns, { column: 'created_at', direction: 'desc' })
  const filter = {
    query: oneValue(query, 'query'),
    organizationIds: signedIds(query, 'organization_id'),
    userIds: signedIds(query, 'user_id'),
  }
  const counted = flag(query, 'include_members_count') === true
  const list = await listOrganizations(store, filter, order, pageOf(query))
  return listing(list, (organization) => organizationResource(organization, store.imageUrlOf, counted))
}

function organizationByIdOrSlug(request: BackendRequest): Promise<object> {
  return answerFor(request, pathValue(request, 'organization_id'))
}

async function updateOrganization(request: BackendRequest): Promise<object> {
  const { store } = request
  const body = requireBody(request.body, [...changeable, 'admin_delete_enabled', 'role_set_key'])
  const name = optionalText(body, 'name', longestName)
  if (name === '') throw new ClerkRefusal('form_param_missing', { param: 'name' })
  const slug = optionalText(body, 'slug')
  const { id } = await requireOrganization(store, pathValue(request, 'organization_id'))
  await writeOrganization(store, id, {
    ...columnsOf(body),
    name: name ?? undefined,
    slug: slug ? requireSlugForm(slug) : undefined,
    admin_delete_enabled: optionalFlag(body, 'admin_delete_enabled'),
    public_metadata: replacedField(body, 'public_metadata'),
    private_metadata: replacedField(body, 'private_metadata'),
  })
  return answerFor(request, id)
}

async function removeOrganization(request: BackendRequest): Promise<object> {
  const { id, slug } = await requireOrganization(request.store, pathValue(request, 'organization_id'))
  await deleteOrganization(request.store, id)
  return deletion('organization', id, { slug })
}

function mergeMetadata(request: BackendRequest): Promise<object> {
  return writeMetadata(request, (body, organization) => ({
    public_metadata: mergedField(body, 'public_metadata', organization.publicMetadata),
    private_metadata: mergedField(body, 'private_metadata', organization.privateMetadata),
  }))
}

function replaceMetadata(request: BackendRequest): Promise<object> {
  return writeMetadata(request, (body) => ({
    public_metadata: replacedField(body, 'public_metadata'),
    private_metadata: replacedField(body, 'private_metadata'),
  }))
}

async function writeMetadata(
  request: BackendRequest,
  change: (body: Body, organization: Awaited<ReturnType<typeof requireOrganization>>) => OrganizationColumns,
): Promise<object> {
  const body = requireBody(request.body, ['public_metadata', 'private_metadata'])
  const id = pathValue(request, 'organization_id')
  await request.store.atomically(async (inner) => {
    const organization = await requireOrganizationLocked(inner, id)
    await writeOrganization(inner, organization.id, change(body, organization))
  })
  return answerFor(request, id)
}

async function answerFor({ store, query }: BackendRequest, idOrSlug: string): Promise<object> {
  const counted = flag(query, 'include_members_count') === true
  return organizationResource(await requireOrganization(store, idOrSlug), store.imageUrlOf, counted)
}

function columnsOf(body: Body): OrganizationColumns {
  return {
    max_allowed_memberships: optionalInteger(body, 'max_allowed_memberships', 0, mostMembers) ?? undefined,
    public_metadata: optionalObject(body, 'public_metadata') ?? undefined,
    private_metadata: optionalObject(body, 'private_metadata') ?? undefined,
    created_at: optionalTime(body, 'created_at') ?? undefined,
  }
}

/** The slug asked for, or one made of the name, told apart by the second when that is taken. */
async function slugFor(store: Store, body: Body, name: string): Promise<string> {
  const asked = optionalText(body, 'slug')
  if (asked) return requireSlugForm(asked)
  const made = slugOf(name)
  return (await slugIsFree(store, made)) ? made : `${made}-${newId('org').slice(-10).toLowerCase()}`
}

async function requireCreator(store: Store, userId: string): Promise<void> {
  try {
    await requireUser(store, userId)
  } catch (error) {
    throw new ClerkRefusal('organization_creator_not_found', { userId }, { cause: error })
  }
}
