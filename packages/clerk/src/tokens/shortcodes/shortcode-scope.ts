// The values behind `user.*`, `org.*` and `org_membership.*`. Times print as Unix seconds, as all times
// inside tokens do.

import type { ActiveOrganization, SubjectUser, TokenSubject } from '../token-subject.ts'
import type { ShortcodeScope } from './render-claims.ts'

/** Everything a template may name about a subject. Without an active organization every `org…` shortcode is null. */
export function shortcodeScope(subject: TokenSubject): ShortcodeScope {
  return { user: userScope(subject.user), ...organizationScope(subject.organization) }
}

function userScope(user: SubjectUser): ShortcodeScope {
  return {
    id: user.id,
    external_id: user.externalId,
    first_name: user.firstName,
    last_name: user.lastName,
    full_name: fullName(user),
    username: user.username,
    created_at: Math.floor(user.createdAt / 1000),
    updated_at: Math.floor(user.updatedAt / 1000),
    primary_email_address: user.primaryEmailAddress,
    primary_phone_number: user.primaryPhoneNumber,
    email_verified: user.emailVerified,
    phone_number_verified: user.phoneNumberVerified,
    image_url: user.imageUrl,
    two_factor_enabled: user.twoFactorEnabled,
    public_metadata: user.publicMetadata,
    unsafe_metadata: user.unsafeMetadata,
    organizations: user.organizations,
  }
}

function fullName(user: SubjectUser): string | null {
  const names = [user.firstName, user.lastName].filter((name) => name !== null && name !== '')
  return names.length === 0 ? null : names.join(' ')
}

function organizationScope(organization: ActiveOrganization | null): ShortcodeScope {
  if (organization === null) return {}
  return {
    org: {
      id: organization.id,
      name: organization.name,
      slug: organization.slug,
      role: organization.role,
      public_metadata: organization.publicMetadata,
    },
    org_membership: {
      public_metadata: organization.membershipPublicMetadata,
      permissions: organization.permissions.filter((permission) => !permission.startsWith('org:sys_')),
    },
  }
}
