// The endpoints of organization roles and of the permissions they hold.

import {
  changeRole,
  createRole,
  deleteRole,
  forbidRole,
  permitRole,
} from '../../directory/organizations/change-role.ts'
import { clearableText, optionalFlag, optionalText, requireBody, requireText, texts } from '../../parameters/body.ts'
import { requireRoleKeyForm } from '../../parameters/organization-forms.ts'
import { oneValue, orderOf, pageOf } from '../../parameters/query.ts'
import { deletion, listing } from '../../resources/listing.ts'
import { roleResource } from '../../resources/organization.ts'
import { listRoles, requireRole, type RoleOrder, roleOrders } from '../../state/organizations/roles.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

const one = '/organization_roles/:role_id'

export const organizationRoleEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/organization_roles', answer: roleList },
  { method: 'POST', path: '/organization_roles', answer: create },
  { method: 'GET', path: one, answer: roleById },
  { method: 'PATCH', path: one, answer: update },
  { method: 'DELETE', path: one, answer: remove },
  { method: 'POST', path: `${one}/permissions/:permission_id`, answer: (request) => permit(request, permitRole) },
  { method: 'DELETE', path: `${one}/permissions/:permission_id`, answer: (request) => permit(request, forbidRole) },
]

async function roleList({ store, query }: BackendRequest): Promise<object> {
  const order = orderOf(query, Object.keys(roleOrders) as RoleOrder[], { column: 'created_at', direction: 'desc' })
  return listing(await listRoles(store, oneValue(query, 'query'), order, pageOf(query)), roleResource)
}

async function create({ store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, ['name', 'key', 'description', 'permissions', 'include_in_initial_role_set'])
  // Every role is in the one role set there is.
  optionalFlag(read, 'include_in_initial_role_set')
  const role = await createRole(store, {
    name: requireText(read, 'name', 256),
    key: requireRoleKeyForm(requireText(read, 'key', 256)),
    description: clearableText(read, 'description'),
    permissions: texts(read, 'permissions'),
  })
  return roleResource(role)
}

async function roleById(request: BackendRequest): Promise<object> {
  return roleResource(await requireRole(request.store, pathValue(request, 'role_id')))
}

async function update(request: BackendRequest): Promise<object> {
  const { instance, store } = request
  const read = requireBody(request.body, ['name', 'key', 'description', 'permissions'])
  const key = optionalText(read, 'key', 256)
  const sent = read['permissions'] !== undefined && read['permissions'] !== null
  const role = await changeRole(instance, store, pathValue(request, 'role_id'), {
    name: optionalText(read, 'name', 256) || undefined,
    key: key ? requireRoleKeyForm(key) : undefined,
    description: clearableText(read, 'description'),
    permissions: sent ? texts(read, 'permissions') : undefined,
  })
  return roleResource(role)
}

async function remove(request: BackendRequest): Promise<object> {
  const { id } = await deleteRole(request.instance, request.store, pathValue(request, 'role_id'))
  return deletion('role', id)
}

async function permit(request: BackendRequest, change: typeof permitRole): Promise<object> {
  const { instance, store } = request
  return roleResource(await change(instance, store, pathValue(request, 'role_id'), pathValue(request, 'permission_id')))
}
