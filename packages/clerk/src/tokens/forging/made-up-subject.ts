// People and organizations that nobody has to have made, for tokens that speak of them all the same.

import type { ActiveOrganization, SubjectUser } from '../token-subject.ts'

/** A user of whom nothing is known but her id. */
export function madeUpUser(id: string, now: number): SubjectUser {
  return {
    id,
    externalId: null,
    username: null,
    firstName: null,
    lastName: null,
    imageUrl: '',
    createdAt: now,
    updatedAt: now,
    primaryEmailAddress: null,
    emailVerified: false,
    primaryPhoneNumber: null,
    phoneNumberVerified: false,
    twoFactorEnabled: false,
    publicMetadata: {},
    unsafeMetadata: {},
    organizations: {},
  }
}

/** An organization in which the user is in a role; a slug that is not given is the id's end. */
export function madeUpOrganization(
  id: string,
  slug: string | null,
  grant: Pick<ActiveOrganization, 'role' | 'permissions'>,
): ActiveOrganization {
  const called = slug ?? id.replace(/^org_/, '').toLowerCase()
  return { id, slug: called, name: called, publicMetadata: {}, membershipPublicMetadata: {}, ...grant }
}
