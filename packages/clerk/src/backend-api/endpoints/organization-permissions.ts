// The endpoints of organization permissions.

import {
  changePermission,
  createPermission,
  deletePermission,
} from '../../directory/organizations/change-permission.ts'
import { optionalText, requireBody, requireText } from '../../parameters/body.ts'
import { requirePermissionKeyForm } from '../../parameters/organization-forms.ts'
import { oneValue, orderOf, pageOf } from '../../parameters/query.ts'
import { deletion, listing } from '../../resources/listing.ts'
import { permissionResource } from '../../resources/organization.ts'
import {
  listPermissions,
  type PermissionOrder,
  permissionOrders,
  requirePermission,
} from '../../state/organizations/permissions.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

const one = '/organization_permissions/:permission_id'

export const organizationPermissionEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/organization_permissions', answer: permissionList },
  { method: 'POST', path: '/organization_permissions', answer: create },
  { method: 'GET', path: one, answer: permissionById },
  { method: 'PATCH', path: one, answer: update },
  { method: 'DELETE', path: one, answer: remove },
]

async function permissionList({ store, query }: BackendRequest): Promise<object> {
  const columns = Object.keys(permissionOrders) as PermissionOrder[]
  const order = orderOf(query, columns, { column: 'created_at', direction: 'desc' })
  return listing(await listPermissions(store, oneValue(query, 'query'), order, pageOf(query)), permissionResource)
}

async function create({ store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, ['name', 'key', 'description'])
  const permission = await createPermission(store, {
    name: requireText(read, 'name', 256),
    key: requirePermissionKeyForm(requireText(read, 'key', 256)),
    description: optionalText(read, 'description') ?? undefined,
  })
  return permissionResource(permission)
}

async function permissionById(request: BackendRequest): Promise<object> {
  return permissionResource(await requirePermission(request.store, pathValue(request, 'permission_id')))
}

async function update(request: BackendRequest): Promise<object> {
  const read = requireBody(request.body, ['name', 'key', 'description'])
  const key = optionalText(read, 'key', 256)
  const permission = await changePermission(request.store, pathValue(request, 'permission_id'), {
    name: optionalText(read, 'name', 256) || undefined,
    key: key ? requirePermissionKeyForm(key) : undefined,
    description: optionalText(read, 'description') ?? undefined,
  })
  return permissionResource(permission)
}

async function remove(request: BackendRequest): Promise<object> {
  const { id } = await deletePermission(request.store, pathValue(request, 'permission_id'))
  return deletion('permission', id)
}
