// What an application learns about a person, by the scopes it was given.

import type { Instance } from '../state/instance/instance.ts'
import type { User } from '../state/people/users.ts'
import type { JsonObject } from '../tokens/json.ts'
import { scopesOf } from './scopes.ts'

/** The claims of OpenID Connect Core §5.1, and Clerk's metadata. */
export function claimsAbout(instance: Instance, user: User, scopes: string): JsonObject {
  const granted = new Set(scopesOf(scopes))
  const email = user.emailAddresses.find(({ id }) => id === user.primaryEmailAddressId)
  return {
    sub: user.id,
    ...(granted.has('profile')
      ? {
          name: [user.firstName, user.lastName].filter((name) => name !== null).join(' '),
          given_name: user.firstName,
          family_name: user.lastName,
          preferred_username: user.username,
          picture: instance.store.imageUrlOf(user.id, user.imageId),
          updated_at: Math.floor(user.updatedAt / 1000),
        }
      : {}),
    ...(granted.has('email') && email !== undefined
      ? { email: email.emailAddress, email_verified: email.verificationStatus === 'verified' }
      : {}),
    ...(granted.has('public_metadata') ? { public_metadata: user.publicMetadata } : {}),
    ...(granted.has('private_metadata') ? { private_metadata: user.privateMetadata } : {}),
  }
}
