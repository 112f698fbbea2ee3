// From Clerk's resources to the mirror's rows. Private metadata is left out: what the mirror holds may be shown to
// the person it is about.

import { isObject } from '../identity/verify/examination.ts'
import type { MirroredKind } from './change.ts'

type Resource = Readonly<Record<string, unknown>>
type Row = Readonly<Record<string, unknown>>

/** The columns each row has, in order. */
export const columnsOf: Readonly<Record<MirroredKind, readonly string[]>> = {
  user: [
    'id',
    'email',
    'phone',
    'username',
    'first_name',
    'last_name',
    'image_url',
    'external_id',
    'public_metadata',
    'unsafe_metadata',
    'banned',
    'created_at',
    'updated_at',
  ],
  organization: ['id', 'name', 'slug', 'image_url', 'public_metadata', 'created_at', 'updated_at'],
  membership: ['id', 'organization_id', 'user_id', 'role', 'public_metadata', 'created_at', 'updated_at'],
}

/** The row of a resource; null for what is not such a resource. */
export const rowOf: Readonly<Record<MirroredKind, (resource: Resource) => Row | null>> = {
  user: (user) => ({
    id: user['id'],
    email: primary(user, 'email_addresses', 'primary_email_address_id', 'email_address'),
    phone: primary(user, 'phone_numbers', 'primary_phone_number_id', 'phone_number'),
    username: text(user['username']),
    first_name: text(user['first_name']),
    last_name: text(user['last_name']),
    image_url: text(user['image_url']),
    external_id: text(user['external_id']),
    public_metadata: metadata(user['public_metadata']),
    unsafe_metadata: metadata(user['unsafe_metadata']),
    banned: user['banned'] === true,
    ...moments(user),
  }),
  organization: (organization) => ({
    id: organization['id'],
    name: text(organization['name']) ?? '',
    slug: text(organization['slug']),
    image_url: text(organization['image_url']),
    public_metadata: metadata(organization['public_metadata']),
    ...moments(organization),
  }),
  membership: (membership) => {
    const { organization, public_user_data: user } = membership
    const organizationId = isObject(organization) ? text(organization['id']) : null
    const userId = isObject(user) ? text(user['user_id']) : null
    if (organizationId === null || userId === null) return null
    return {
      id: membership['id'],
      organization_id: organizationId,
      user_id: userId,
      role: text(membership['role']) ?? '',
      public_metadata: metadata(membership['public_metadata']),
      ...moments(membership),
    }
  },
}

function primary(user: Resource, list: string, idMember: string, member: string): string | null {
  const items = Array.isArray(user[list]) ? user[list].filter(isObject) : []
  const found = items.find((item) => item['id'] === user[idMember])
  return text(found?.[member])
}

function moments(resource: Resource): Row {
  return { created_at: moment(resource['created_at']), updated_at: moment(resource['updated_at']) }
}

function moment(value: unknown): string | null {
  return typeof value === 'number' && Math.abs(value) < 8e15 ? new Date(value).toISOString() : null
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

function metadata(value: unknown): object {
  return isObject(value) ? value : {}
}
