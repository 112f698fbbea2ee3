// Organizations, memberships, roles. Invitations and domains are in organization-entry.ts.

import { type Nothing, type Renderings, atParam } from '../rendering.ts'

export interface OrganizationRefusals {
  organization_not_enabled_in_instance: Nothing
  organization_not_found_or_unauthorized: Nothing
  organization_creator_not_found: { readonly userId: string }
  organization_creation_not_allowed: Nothing
  organization_quota_exceeded: { readonly most: number }
  organization_slug_disabled: Nothing
  organization_admin_delete_not_enabled: Nothing
  missing_organization_permission: { readonly permissions: readonly string[] }
  organization_minimum_permissions_needed: Nothing
  already_a_member_in_organization: { readonly userId: string }
  organization_membership_quota_exceeded: { readonly most: number }
  organization_role_exists: { readonly key: string }
  organization_role_assigned_members: Nothing
  organization_role_exists_in_invitations: Nothing
  organization_role_default_creator_role: Nothing
  organization_role_domain_default_role: Nothing
  organization_role_permission_association_exists: Nothing
  organization_instance_roles_quota_exceeded: { readonly most: number }
  organization_missing_creator_role_permissions: { readonly permissions: readonly string[] }
  organization_permission_exists: { readonly key: string }
  organization_system_permission_not_modifiable: Nothing
  role_set_quota_exceeded: { readonly most: number }
}

export const organizationRenderings: Renderings<OrganizationRefusals> = {
  organization_not_enabled_in_instance: () => ({
    status: 403,
    message: 'access denied',
    longMessage: 'Organizations are not enabled on this instance. Enable them under /instance/organization_settings.',
  }),
  organization_not_found_or_unauthorized: () => ({
    status: 404,
    message: 'not found or unauthorized',
    longMessage: "Given organization not found, or you don't have permission to access the organization",
  }),
  organization_creator_not_found: ({ userId }) => ({
    status: 400,
    message: 'creator not found',
    longMessage: `No users found with id ${userId}.`,
  }),
  organization_creation_not_allowed: () => ({
    status: 403,
    code: 'authorization_invalid',
    message: 'Unauthorized request',
    longMessage: 'You are not authorized to create organizations.',
  }),
  organization_quota_exceeded: ({ most }) => ({
    status: 403,
    message: 'organization quota exceeded',
    longMessage: `You have reached your limit of ${most} created organizations.`,
  }),
  organization_slug_disabled: () => atParam('slug', 'is not allowed', 'Slugs are disabled for this instance.'),
  organization_admin_delete_not_enabled: () => ({
    status: 403,
    message: 'admin delete not enabled',
    longMessage: 'Deletion by admin is not enabled for this organization.',
  }),
  missing_organization_permission: ({ permissions }) => ({
    status: 403,
    message: 'missing permission',
    longMessage: 'Current user is missing an organization permission.',
    meta: { permissions },
  }),
  organization_minimum_permissions_needed: () => ({
    status: 400,
    message: 'minimum organization permissions needed',
    longMessage: 'There has to be at least one organization member with the minimum required permissions',
  }),
  already_a_member_in_organization: ({ userId }) => ({
    status: 400,
    message: 'already a member',
    longMessage: `User ${userId} is already a member of the organization.`,
  }),
  organization_membership_quota_exceeded: ({ most }) => ({
    status: 403,
    message: 'organization membership quota exceeded',
    longMessage: `You have reached your limit of ${most} organization memberships, including outstanding invitations.`,
  }),
  organization_role_exists: ({ key }) => ({
    ...atParam('key', 'already exists', `An organization role with the key ${key} exists already.`),
    code: 'form_identifier_exists',
  }),
  organization_role_assigned_members: () => ({
    status: 422,
    message: 'role is assigned to organization members',
    longMessage: 'The organization role is currently assigned to one or more organization members.',
  }),
  organization_role_exists_in_invitations: () => ({
    status: 422,
    message: 'role exists in pending organization invitations',
    longMessage: 'Pending organization invitations name this role. Revoke them first.',
  }),
  organization_role_default_creator_role: () => ({
    status: 422,
    message: 'role is used as the creator role',
    longMessage: 'The organization role cannot be deleted as it is currently used as the creator role.',
  }),
  organization_role_domain_default_role: () => ({
    status: 422,
    message: 'role is used as the domain default role',
    longMessage: 'The organization role cannot be deleted as it is currently used as the default domain role.',
  }),
  organization_role_permission_association_exists: () => ({
    status: 409,
    message: 'permission already assigned to role',
    longMessage: 'This organization permission is already associated to this organization role.',
  }),
  organization_instance_roles_quota_exceeded: ({ most }) => ({
    status: 403,
    message: 'organization roles for instance quota exceeded',
    longMessage: `You have reached your limit of ${most} organization roles per instance.`,
  }),
  organization_missing_creator_role_permissions: ({ permissions }) => ({
    status: 422,
    message: 'missing permissions for creator role',
    longMessage: `The creator role must contain the following permissions: ${permissions.join(', ')}`,
  }),
  organization_permission_exists: ({ key }) => ({
    ...atParam('key', 'already exists', `An organization permission with the key ${key} exists already.`),
    code: 'form_identifier_exists',
  }),
  organization_system_permission_not_modifiable: () => ({
    status: 403,
    message: 'organization system permission cannot be modified',
    longMessage: 'This organization permission cannot be modified because it is a system permission.',
  }),
  role_set_quota_exceeded: ({ most }) => ({
    status: 403,
    code: 'organization_instance_role_sets_quota_exceeded',
    message: 'role sets for instance quota exceeded',
    longMessage: `You have reached your limit of ${most} role sets per instance.`,
  }),
}
