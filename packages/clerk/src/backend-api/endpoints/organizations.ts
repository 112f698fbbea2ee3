// The endpoints under /organizations, save those of their memberships.

import { managingPermissions } from '../../directory/organizations/change-membership.ts'
import { changeOrganization, deleteOrganization } from '../../directory/organizations/change-organization.ts'
import { setOrganizationLogo } from '../../directory/organizations/change-organization-logo.ts'
import { createOrganization as create } from '../../directory/organizations/create-organization.ts'
import { type Picture, requirePicture } from '../../parameters/picture/require-picture.ts'
import { uploadedFile } from '../../parameters/uploaded-file.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { membersWithAll } from '../../state/organizations/memberships.ts'
import {
  listOrganizations,
  type Organization,
  type OrganizationColumns,
  type OrganizationOrder,
  organizationOrders,
  requireOrganization,
} from '../../state/organizations/organizations.ts'
import type { Store } from '../../state/database/store.ts'
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
import { requireSlugForm } from '../../parameters/identifiers.ts'
import { mergedField, replacedField } from '../../parameters/metadata.ts'
import { flag, oneValue, orderOf, pageOf, type Query, signedIds } from '../../parameters/query.ts'
import { deletion } from '../../resources/listing.ts'
import { organizationResource } from '../../resources/organization.ts'

export const organizationEndpoints: readonly Endpoint[] = [
  { method: 'POST', path: '/organizations', answer: createOrganization },
  { method: 'GET', path: '/organizations', answer: organizationList },
  { method: 'GET', path: '/organizations/:organization_id', answer: organizationByIdOrSlug },
  { method: 'PATCH', path: '/organizations/:organization_id', answer: updateOrganization },
  { method: 'DELETE', path: '/organizations/:organization_id', answer: removeOrganization },
  { method: 'PUT', path: '/organizations/:organization_id/logo', answer: uploadLogo },
  { method: 'DELETE', path: '/organizations/:organization_id/logo', answer: removeLogo },
  { method: 'PATCH', path: '/organizations/:organization_id/metadata', answer: mergeMetadata },
  { method: 'PUT', path: '/organizations/:organization_id/metadata', answer: replaceMetadata },
]

const longestName = 256
const mostMembers = 1_000_000
const changeable = ['name', 'slug', 'max_allowed_memberships', 'public_metadata', 'private_metadata', 'created_at']

/** Creates an organization; who is named in `created_by` becomes its first member, in the creator's role. */
async function createOrganization(request: BackendRequest): Promise<object> {
  const body = requireBody(request.body, [...changeable, 'created_by', 'role_set_key'])
  const name = requireText(body, 'name', longestName)
  const slug = optionalText(body, 'slug')
  const { organizations } = (await request.instance.snapshot()).settings
  const columns = columnsOf(body)
  const id = await create(request.store, {
    columns: {
      ...columns,
      name,
      max_allowed_memberships: columns.max_allowed_memberships ?? organizations.maxAllowedMemberships,
      admin_delete_enabled: organizations.adminDeleteEnabled,
    },
    slug: slug ? requireSlugForm(slug) : null,
    creatorId: optionalText(body, 'created_by') || null,
    creatorRole: organizations.creatorRole,
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
  const { items, total } = await listOrganizations(store, filter, order, pageOf(query))
  return {
    data: await Promise.all(items.map((organization) => printed(store, query, organization))),
    total_count: total,
  }
}

function organizationByIdOrSlug(request: BackendRequest): Promise<object> {
  return answerFor(request, pathValue(request, 'organization_id'))
}

async function updateOrganization(request: BackendRequest): Promise<object> {
  const body = requireBody(request.body, [...changeable, 'admin_delete_enabled', 'role_set_key'])
  const name = optionalText(body, 'name', longestName)
  if (name === '') throw new ClerkRefusal('form_param_missing', { param: 'name' })
  const slug = optionalText(body, 'slug')
  return changed(request, {
    ...columnsOf(body),
    name: name ?? undefined,
    slug: slug ? requireSlugForm(slug) : undefined,
    admin_delete_enabled: optionalFlag(body, 'admin_delete_enabled'),
    public_metadata: replacedField(body, 'public_metadata'),
    private_metadata: replacedField(body, 'private_metadata'),
  })
}

async function changed(request: BackendRequest, columns: OrganizationColumns): Promise<object> {
  const { id } = await requireOrganization(request.store, pathValue(request, 'organization_id'))
  await changeOrganization(request.store, id, () => columns)
  return answerFor(request, id)
}

/** Multipart: `file`, and `uploader_user_id`, which is nothing here. */
function uploadLogo(request: BackendRequest): Promise<object> {
  return changeLogo(request, requirePicture(uploadedFile(request.body)))
}

function removeLogo(request: BackendRequest): Promise<object> {
  return changeLogo(request, null)
}

async function changeLogo(request: BackendRequest, picture: Picture | null): Promise<object> {
  const { id } = await requireOrganization(request.store, pathValue(request, 'organization_id'))
  await setOrganizationLogo(request.store, id, picture)
  return answerFor(request, id)
}

async function removeOrganization({ store, path }: BackendRequest): Promise<object> {
  const { id, slug } = await requireOrganization(store, path['organization_id'] ?? '')
  await deleteOrganization(store, id)
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
  change: (body: Body, organization: Organization) => OrganizationColumns,
): Promise<object> {
  const body = requireBody(request.body, ['public_metadata', 'private_metadata'])
  const id = pathValue(request, 'organization_id')
  await changeOrganization(request.store, id, (organization) => change(body, organization))
  return answerFor(request, id)
}

async function answerFor({ store, query }: BackendRequest, idOrSlug: string): Promise<object> {
  return printed(store, query, await requireOrganization(store, idOrSlug))
}

/** With the counts that the query asks for. */
async function printed(store: Store, query: Query, organization: Organization): Promise<object> {
  const counted = flag(query, 'include_members_count') === true
  const resource = organizationResource(organization, store.imageUrlOf, counted)
  if (flag(query, 'include_missing_member_with_elevated_permissions') !== true) return resource
  const managers = await membersWithAll(store, organization.id, managingPermissions)
  return { ...resource, missing_member_with_elevated_permissions: managers === 0 }
}

function columnsOf(body: Body): OrganizationColumns {
  return {
    max_allowed_memberships: optionalInteger(body, 'max_allowed_memberships', 0, mostMembers) ?? undefined,
    public_metadata: optionalObject(body, 'public_metadata') ?? undefined,
    private_metadata: optionalObject(body, 'private_metadata') ?? undefined,
    created_at: optionalTime(body, 'created_at') ?? undefined,
  }
}
