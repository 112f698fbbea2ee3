// What is known of the roles everywhere: which there are, and which of them the instance gives by itself.

import { useClerk } from '../../../api/clerk-request.ts'
import type { Permission, Role } from '../organization.ts'

/** The roles that nobody chooses. */
export interface GivenRoles {
  /** The role of whoever founds an organization. */
  readonly creator_role: string
  /** The role of whoever joins by a verified domain. */
  readonly domains_default_role: string
}

/** The roles of this screen's instance, which are ten at most; empty until they are known. */
export function useRoles(): readonly Role[] {
  return useClerk<{ readonly data: readonly Role[] }>('/organization_roles?limit=100').data?.data ?? []
}

/** All permissions of this screen's instance; empty until they are known. */
export function usePermissions(): readonly Permission[] {
  const path = '/organization_permissions?limit=500&order_by=%2Bkey'
  return useClerk<{ readonly data: readonly Permission[] }>(path).data?.data ?? []
}

/** Undefined until they are known. */
export function useGivenRoles(): GivenRoles | undefined {
  return useClerk<GivenRoles>('/instance/organization_settings').data
}
