// The endpoints of role sets. An instance has one, with every role in it; another is one too many.

import { mostRoles, requireCreatorPermissions } from '../../directory/organizations/change-role.ts'
import { type Body, clearableText, optionalText, requireBody, texts } from '../../parameters/body.ts'
import { requireRoleSetKeyForm } from '../../parameters/organization-forms.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { membersByRole, requireRoleSet, updateRoleSet } from '../../state/organizations/role-sets.ts'
import { listRoles, requireRole, type Role } from '../../state/organizations/roles.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

const one = '/role_sets/:role_set_id'

export const roleSetEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/role_sets', answer: roleSetList },
  { method: 'POST', path: '/role_sets', answer: refuseAnother },
  { method: 'GET', path: one, answer: roleSetAnswer },
  { method: 'PATCH', path: one, answer: update },
  { method: 'POST', path: `${one}/roles`, answer: addRoles },
]

async function roleSetList(request: BackendRequest): Promise<object> {
  return { data: [await printed(request, null)], total_count: 1 }
}

async function refuseAnother(): Promise<never> {
  throw new ClerkRefusal('role_set_quota_exceeded', { most: 1 })
}

function roleSetAnswer(request: BackendRequest): Promise<object> {
  return printed(request, pathValue(request, 'role_set_id'))
}

async function update(request: BackendRequest): Promise<object> {
  const { store } = request
  const body = requireBody(request.body, ['name', 'key', 'description', 'type', 'default_role_key', 'creator_role_key'])
  const { id } = await requireRoleSet(store, pathValue(request, 'role_set_id'))
  const key = optionalText(body, 'key', 256)
  await changeRoles(request, body)
  await updateRoleSet(store, id, {
    name: optionalText(body, 'name', 256) || undefined,
    key: key ? requireRoleSetKeyForm(key) : undefined,
    description: clearableText(body, 'description'),
  })
  return printed(request, id)
}

/** They are in it already. Refuses a role that there is not. */
async function addRoles(request: BackendRequest): Promise<object> {
  const body = requireBody(request.body, ['role_keys', 'default_role_key', 'creator_role_key'])
  const { id } = await requireRoleSet(request.store, pathValue(request, 'role_set_id'))
  for (const key of texts(body, 'role_keys')) await requireRole(request.store, key)
  await changeRoles(request, body)
  return printed(request, id)
}

async function changeRoles({ instance, store }: BackendRequest, body: Body): Promise<void> {
  const [creatorKey, defaultKey] = [optionalText(body, 'creator_role_key'), optionalText(body, 'default_role_key')]
  const { organizations } = (await instance.snapshot()).settings
  const creator = creatorKey ? await requireRole(store, creatorKey) : null
  if (creator !== null) requireCreatorPermissions(creator)
  const defaultRole = defaultKey ? (await requireRole(store, defaultKey)).key : organizations.defaultRole
  const creatorRole = creator?.key ?? organizations.creatorRole
  await instance.changeSettings({ organizations: { ...organizations, creatorRole, defaultRole } })
}

async function printed({ instance, store }: BackendRequest, idOrKey: string | null): Promise<object> {
  const set = await requireRoleSet(store, idOrKey)
  const page = { limit: mostRoles * 2, offset: 0 }
  const { items } = await listRoles(store, undefined, { column: 'created_at', direction: 'asc' }, page)
  const members = await membersByRole(store)
  const { creatorRole, defaultRole } = (await instance.snapshot()).settings.organizations
  const item = (role: Role) => roleSetItem(role, members.get(role.key) ?? 0)
  const named = (key: string) => items.filter((role) => role.key === key).map(item)[0] ?? null
  return {
    object: 'role_set',
    id: set.id,
    name: set.name,
    key: set.key,
    description: set.description,
    roles: items.map(item),
    default_role: named(defaultRole),
    creator_role: named(creatorRole),
    type: 'initial',
    role_set_migration: null,
    created_at: set.createdAt,
    updated_at: set.updatedAt,
  }
}

function roleSetItem(role: Role, members: number): object {
  return {
    object: 'role_set_item',
    id: role.id,
    name: role.name,
    key: role.key,
    description: role.description,
    members_count: members,
    has_members: members > 0,
    created_at: role.createdAt,
    updated_at: role.updatedAt,
  }
}
