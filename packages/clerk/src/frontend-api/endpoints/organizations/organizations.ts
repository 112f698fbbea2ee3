// Organizations as their people make, see, change and end them.

import { changeOrganization, deleteOrganization } from '../../../directory/organizations/change-organization.ts'
import { setOrganizationLogo } from '../../../directory/organizations/change-organization-logo.ts'
import { createOrganization } from '../../../directory/organizations/create-organization.ts'
import { type Picture, requirePicture } from '../../../parameters/picture/require-picture.ts'
import { optionalText, requireText } from '../../../parameters/body.ts'
import { requireSlugForm } from '../../../parameters/identifiers.ts'
import { oneValue, orderOf, pageOf } from '../../../parameters/query.ts'
import { ClerkRefusal } from '../../../refusal/clerk-refusal.ts'
import { deletion, listing } from '../../../resources/listing.ts'
import { roleResource } from '../../../resources/organization.ts'
import type { OrganizationSettings } from '../../../state/instance/instance-settings.ts'
import { countCreatedBy, requireOrganization } from '../../../state/organizations/organizations.ts'
import { listRoles, type RoleOrder, roleOrders } from '../../../state/organizations/roles.ts'
import { requireUserLocked } from '../../../state/people/users.ts'
import { type FrontendAnswer, type FrontendEndpoint, resource, type SessionRequest } from '../../frontend-request.ts'
import { organizationResource } from '../../resources/organization.ts'
import { requireActing, requireOrganizations } from './acting-member.ts'

const one = '/v1/organizations/:organization_id'
const longestName = 256

export const organizationEndpoints: readonly FrontendEndpoint[] = [
  { method: 'POST', path: '/v1/organizations', access: 'session', answer: create },
  { method: 'GET', path: one, access: 'session', answer: show },
  { method: 'PATCH', path: one, access: 'session', answer: change },
  { method: 'DELETE', path: one, access: 'session', answer: remove },
  { method: 'PUT', path: `${one}/logo`, access: 'session', answer: uploadLogo },
  { method: 'DELETE', path: `${one}/logo`, access: 'session', answer: (request) => changeLogo(request, null) },
  { method: 'GET', path: `${one}/roles`, access: 'session', answer: roleList },
]

/** The user becomes the first member, in the creator's role. */
async function create(request: SessionRequest): Promise<FrontendAnswer> {
  const { instance, store, session, form } = request
  const settings = await requireOrganizations(request)
  const allowed = (await instance.snapshot()).settings.authentication.createOrganization
  const name = requireText(form, 'name', longestName)
  const slug = slugOf(request, settings)
  const id = await store.atomically(async (inner) => {
    // Her row is locked, so that two requests cannot both be the last that her limit allows.
    const user = await requireUserLocked(inner, session.userId)
    if (!allowed || !user.createOrganizationEnabled) throw new ClerkRefusal('organization_creation_not_allowed', {})
    const most = user.createOrganizationsLimit ?? 0
    if (most > 0 && (await countCreatedBy(inner, user.id)) >= most) {
      throw new ClerkRefusal('organization_quota_exceeded', { most })
    }
    return createOrganization(inner, {
      columns: {
        name,
        max_allowed_memberships: settings.maxAllowedMemberships,
        admin_delete_enabled: settings.adminDeleteEnabled,
      },
      slug: slug ?? null,
      creatorId: user.id,
      creatorRole: settings.creatorRole,
    })
  })
  return shown(request, id)
}

async function show(request: SessionRequest): Promise<FrontendAnswer> {
  const { organization } = await requireActing(request)
  return resource(organizationResource(organization, request.store.imageUrlOf))
}

async function change(request: SessionRequest): Promise<FrontendAnswer> {
  const { organization } = await requireActing(request, 'org:sys_profile:manage')
  const name = optionalText(request.form, 'name', longestName)
  if (name === '') throw new ClerkRefusal('form_param_missing', { param: 'name' })
  const slug = slugOf(request, await requireOrganizations(request))
  await changeOrganization(request.store, organization.id, () => ({ name: name ?? undefined, slug }))
  return shown(request, organization.id)
}

async function uploadLogo(request: SessionRequest): Promise<FrontendAnswer> {
  return changeLogo(request, requirePicture(request.file))
}

/** clerk-js reads the organization from both answers, whatever the documents say of the deletion's. */
async function changeLogo(request: SessionRequest, picture: Picture | null): Promise<FrontendAnswer> {
  const { organization } = await requireActing(request, 'org:sys_profile:manage')
  await setOrganizationLogo(request.store, organization.id, picture)
  return shown(request, organization.id)
}

async function remove(request: SessionRequest): Promise<FrontendAnswer> {
  const { organization } = await requireActing(request, 'org:sys_profile:delete')
  const { adminDeleteEnabled } = await requireOrganizations(request)
  if (!organization.adminDeleteEnabled || !adminDeleteEnabled) {
    throw new ClerkRefusal('organization_admin_delete_not_enabled', {})
  }
  await deleteOrganization(request.store, organization.id)
  return resource(deletion('organization', organization.id, { slug: organization.slug }))
}

async function roleList(request: SessionRequest): Promise<FrontendAnswer> {
  await requireActing(request)
  const { store, query } = request
  const order = orderOf(query, Object.keys(roleOrders) as RoleOrder[], { column: 'created_at', direction: 'asc' })
  const roles = await listRoles(store, oneValue(query, 'query'), order, pageOf(query))
  return resource({ ...listing(roles, roleResource), has_role_set_migration: false })
}

async function shown({ store }: SessionRequest, id: string): Promise<FrontendAnswer> {
  return resource(organizationResource(await requireOrganization(store, id), store.imageUrlOf))
}

/** The slug that is asked for; an empty one counts as not sent. Refuses one where slugs are off. */
function slugOf({ form }: SessionRequest, { slugDisabled }: OrganizationSettings): string | undefined {
  const slug = optionalText(form, 'slug')
  if (!slug) return undefined
  if (slugDisabled) throw new ClerkRefusal('organization_slug_disabled', {})
  return requireSlugForm(slug)
}
