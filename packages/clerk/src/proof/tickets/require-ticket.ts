// Reads the ticket that a link or a test brings: by whom it was signed, whether its time is over, and what became of
// the record it stands for. Using it up is spend-ticket.ts.

import { createPublicKey } from 'node:crypto'

import { decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'

import { requireAcceptableInvitation } from '../../directory/organizations/organization-invitations.ts'
import { type TicketKind, ticketKinds } from '../../tokens/minting/mint-tickets.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { requireActorToken } from '../../state/sessions/actor-tokens.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { type Invitation, requireInvitation } from '../../state/people/invitations.ts'
import type { OrganizationInvitation } from '../../state/organizations/organization-invitations.ts'
import { requireSignInToken } from '../../state/sessions/sign-in-tokens.ts'
import type { Store } from '../../state/database/store.ts'
import type { JsonObject } from '../../tokens/json.ts'

/** A ticket that counts. An organization's invitation is used up by `acceptInvitation` of directory/. */
export type Ticket =
  | {
      readonly kind: 'sign_in_token'
      readonly id: string
      readonly userId: string
      /** For the session's active organization. */
      readonly organizationId: string | null
    }
  | {
      readonly kind: 'actor_token'
      readonly id: string
      readonly userId: string
      /** For the session's `actor`. */
      readonly actor: JsonObject
      /** For the session's `lifetime`, in milliseconds. */
      readonly sessionLifetime: number
    }
  | { readonly kind: 'invitation'; readonly id: string; readonly invitation: Invitation }
  | { readonly kind: 'organization_invitation'; readonly id: string; readonly invitation: OrganizationInvitation }

/**
 * What a ticket stands for. Refuses one that this instance did not sign, whose time is over, or whose record is gone,
 * used or revoked. Leaves it unused.
 */
export async function requireTicket(instance: Instance, text: string): Promise<Ticket> {
  const { kind, id } = await requireClaims(instance, text)
  switch (kind) {
    case 'sign_in_token': {
      const { status, userId, organizationId } = await foundOrInvalid(requireSignInToken(instance.store, id))
      if (status === 'accepted') throw new ClerkRefusal('sign_in_token_already_used_code', {})
      if (status === 'revoked') throw new ClerkRefusal('sign_in_token_revoked_code', {})
      return { kind, id, userId, organizationId }
    }
    case 'actor_token': {
      const { status, userId, actor, sessionLifetime } = await foundOrInvalid(requireActorToken(instance.store, id))
      if (status === 'accepted') throw new ClerkRefusal('actor_token_already_used_code', {})
      if (status === 'revoked') throw new ClerkRefusal('actor_token_revoked_code', {})
      return { kind, id, userId, actor, sessionLifetime }
    }
    case 'invitation':
      return { kind, id, invitation: await requireUsableInvitation(instance.store, id) }
    case 'organization_invitation':
      return { kind, id, invitation: await requireUsableOrganizationInvitation(instance.store, id) }
  }
}

async function requireUsableInvitation(store: Store, id: string): Promise<Invitation> {
  const invitation = await foundOrInvalid(requireInvitation(store, id))
  if (invitation.status === 'accepted') throw new ClerkRefusal('invitation_already_accepted', {})
  if (invitation.status === 'revoked') throw new ClerkRefusal('revoked_invitation', {})
  if (invitation.status === 'expired') throw new ClerkRefusal('ticket_expired_code', {})
  return invitation
}

/** An invitation goes with its organization. */
async function requireUsableOrganizationInvitation(store: Store, id: string): Promise<OrganizationInvitation> {
  try {
    return await requireAcceptableInvitation(store, id)
  } catch (error) {
    if (!(error instanceof ClerkRefusal) || error.code !== 'organization_invitation_not_found') throw error
    throw new ClerkRefusal('organization_invitation_to_deleted_organization', {}, { cause: error })
  }
}

/** The claims of a ticket. Session tokens are signed with the same keys; their header carries a class, a ticket's none. */
async function requireClaims(instance: Instance, text: string): Promise<{ kind: TicketKind; id: string }> {
  const { keys } = await instance.snapshot()
  const payload = await requireSigned(text, instance.store.now(), ({ kid }) => {
    const key = keys.find((candidate) => candidate.kid === kid)
    if (key === undefined) throw new errors.JWKSNoMatchingKey()
    return createPublicKey(key.privateKey)
  })
  const kind = ticketKinds.find((candidate) => candidate === payload['st'])
  const id = payload['sid']
  if (kind === undefined || payload['iid'] !== instance.id || typeof id !== 'string') throw invalid()
  return { kind, id }
}

async function requireSigned(
  text: string,
  now: number,
  keyOf: (header: { readonly kid?: string }) => ReturnType<typeof createPublicKey>,
): Promise<JWTPayload> {
  try {
    if ('cat' in decodeProtectedHeader(text)) throw invalid()
    const options = { algorithms: ['RS256'], requiredClaims: ['exp'], currentDate: new Date(now) }
    return (await jwtVerify(text, keyOf, options)).payload
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw new ClerkRefusal('ticket_expired_code', {}, { cause: error })
    if (error instanceof errors.JOSEError || error instanceof TypeError) throw invalid(error)
    throw error
  }
}

/** A ticket whose record is gone (its user was deleted) is as good as a forged one. */
async function foundOrInvalid<Found>(lookup: Promise<Found>): Promise<Found> {
  try {
    return await lookup
  } catch (error) {
    if (error instanceof ClerkRefusal && error.code === 'resource_not_found') throw invalid(error)
    throw error
  }
}

function invalid(cause?: unknown): ClerkRefusal {
  return new ClerkRefusal('ticket_invalid_code', {}, { cause })
}
