// What tickets stand for, as the Backend API prints it. A ticket itself is printed once, when it is made.

import type { ActorToken } from '../state/sessions/actor-tokens.ts'
import type { Invitation } from '../state/people/invitations.ts'
import type { SignInToken } from '../state/sessions/sign-in-tokens.ts'

/** A sign-in token, with its ticket where it was just made. */
export function signInTokenResource(token: SignInToken, ticket: { token: string; url: string } | null): object {
  return {
    object: 'sign_in_token',
    id: token.id,
    user_id: token.userId,
    status: token.status,
    ...ticket,
    created_at: token.createdAt,
    updated_at: token.updatedAt,
  }
}

/** An actor token, with its ticket where it was just made. */
export function actorTokenResource(token: ActorToken, ticket: { token: string; url: string } | null): object {
  return {
    object: 'actor_token',
    id: token.id,
    user_id: token.userId,
    actor: token.actor,
    status: token.status,
    ...ticket,
    created_at: token.createdAt,
    updated_at: token.updatedAt,
  }
}

/** An invitation, with its link where it was just made. */
export function invitationResource(invitation: Invitation, url: string | null): object {
  return {
    object: 'invitation',
    id: invitation.id,
    email_address: invitation.emailAddress,
    public_metadata: invitation.publicMetadata,
    status: invitation.status,
    revoked: invitation.status === 'revoked',
    ...(url === null ? {} : { url }),
    expires_at: invitation.expiresAt,
    created_at: invitation.createdAt,
    updated_at: invitation.updatedAt,
  }
}
