// Invitations into an organization, from either door: made, revoked and accepted, each with its event and, when made,
// the letter that carries the ticket.

import { recordInvitation } from '../../outbox/events/organization-events.ts'
import { organizationInvitationLetter } from '../../outbox/messages/organization-letters.ts'
import { recordMessage } from '../../outbox/messages/record-message.ts'
import { mintTicket, ticketUrl } from '../../tokens/minting/mint-tickets.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { newId } from '../../state/database/ids.ts'
import type { Instance } from '../../state/instance/instance.ts'
import { findMembershipByEmail, type Membership, requirePlaces } from '../../state/organizations/memberships.ts'
import {
  endOrganizationInvitation,
  insertOrganizationInvitation,
  type OrganizationInvitation,
  requireOrganizationInvitation,
} from '../../state/organizations/organization-invitations.ts'
import { requireOrganizationLocked } from '../../state/organizations/organizations.ts'
import { requireRoleKey } from '../../state/organizations/roles.ts'
import type { Store } from '../../state/database/store.ts'
import { requireUser, type User } from '../../state/people/users.ts'
import type { JsonObject } from '../../tokens/json.ts'
import { addMember } from './change-membership.ts'

/** One address to invite. */
export interface Invitee {
  /** In lower case. */
  readonly emailAddress: string
  /** By key or id. */
  readonly role: string
  readonly inviterId: string | null
  readonly redirectUrl: string | null
  /** The origin of the application that invites, for the link to lead back to. */
  readonly application?: string | null
  readonly publicMetadata?: JsonObject | undefined
  readonly privateMetadata?: JsonObject | undefined
  readonly expiresInDays: number
  /** Send the letter. */
  readonly notify: boolean
}

/** An invitation that was just made, with the link that accepts it. */
export interface MadeInvitation {
  readonly invitation: OrganizationInvitation
  readonly url: string
}

/** How long an invitation counts where nothing else is said, in days. */
export const invitationDays = 30
const day = 86_400_000

/**
 * Invites all of the addresses or none. Refuses an unknown organization or role, members, addresses that are invited
 * already, and more than the organization has room for.
 */
export function inviteToOrganization(
  instance: Instance,
  store: Store,
  organizationId: string,
  invitees: readonly Invitee[],
): Promise<readonly MadeInvitation[]> {
  return store.atomically(async (inner) => {
    const organization = await requireOrganizationLocked(inner, organizationId)
    requirePlaces(organization, invitees.length)
    const made: MadeInvitation[] = []
    for (const invitee of invitees) made.push(await invite(instance, inner, organization.id, invitee))
    return made
  })
}

async function invite(
  instance: Instance,
  store: Store,
  organizationId: string,
  invitee: Invitee,
): Promise<MadeInvitation> {
  const { emailAddress } = invitee
  if ((await findMembershipByEmail(store, organizationId, emailAddress)) !== null) {
    throw new ClerkRefusal('invited_member_exists', { emailAddress })
  }
  const id = newId('orginv')
  await insertOrganizationInvitation(store, id, {
    organization_id: organizationId,
    email_address: emailAddress,
    role: await requireRoleKey(store, invitee.role),
    lifetime: invitee.expiresInDays * day,
    inviter_user_id: invitee.inviterId,
    redirect_url: invitee.redirectUrl,
    public_metadata: invitee.publicMetadata,
    private_metadata: invitee.privateMetadata,
  })
  const invitation = await requireOrganizationInvitation(store, id)
  const ticket = await mintTicket(instance, 'organization_invitation', invitation)
  const url = ticketUrl(instance, ticket, invitee.application ?? null)
  if (invitee.notify) await recordMessage(store, organizationInvitationLetter(instance, invitation, url))
  await recordInvitation(store, 'created', id)
  return { invitation, url }
}

/** Takes a pending invitation back. Refuses an unknown one and one that is over. */
export function revokeInvitation(store: Store, organizationId: string, id: string): Promise<OrganizationInvitation> {
  return store.atomically(async (inner) => {
    const invitation = await requireOrganizationInvitation(inner, id, organizationId)
    if (!(await endOrganizationInvitation(inner, invitation.id, 'revoked', null))) {
      throw new ClerkRefusal('organization_invitation_not_pending', {})
    }
    await recordInvitation(inner, 'revoked', id)
    return requireOrganizationInvitation(inner, id)
  })
}

/**
 * The invitation that a ticket or a person names, if it may still be accepted. Refuses an unknown one, and one that was
 * accepted or revoked or whose time is over.
 */
export async function requireAcceptableInvitation(store: Store, id: string): Promise<OrganizationInvitation> {
  const invitation = await requireOrganizationInvitation(store, id)
  if (invitation.status === 'accepted') throw new ClerkRefusal('organization_invitation_already_accepted', {})
  if (invitation.status === 'revoked') throw new ClerkRefusal('organization_invitation_revoked_code', {})
  if (invitation.status === 'expired') throw new ClerkRefusal('organization_invitation_expired', {})
  return invitation
}

/**
 * Accepts an invitation for a user, once: she becomes a member with its role and metadata. Her account must have the
 * invited address, verified. Refuses what `requireAcceptableInvitation` does, somebody else, members, and one too many.
 */
export function acceptInvitation(store: Store, id: string, userId: string): Promise<Membership> {
  return store.atomically(async (inner) => {
    const invitation = await requireAcceptableInvitation(inner, id)
    if (!hasVerified(await requireUser(inner, userId), invitation.emailAddress)) {
      throw new ClerkRefusal('organization_invitation_mismatch', {})
    }
    if (!(await endOrganizationInvitation(inner, id, 'accepted', userId))) {
      throw new ClerkRefusal('organization_invitation_already_accepted', {})
    }
    await recordInvitation(inner, 'accepted', id)
    return addMember(inner, {
      organizationId: invitation.organization.id,
      userId,
      role: invitation.role,
      public_metadata: invitation.publicMetadata,
      private_metadata: invitation.privateMetadata,
    })
  })
}

/** The addresses that are proven to be the user's. */
export function verifiedAddresses(user: User): readonly string[] {
  return user.emailAddresses
    .filter(({ verificationStatus }) => verificationStatus === 'verified')
    .map(({ emailAddress }) => emailAddress)
}

function hasVerified(user: User, emailAddress: string): boolean {
  return verifiedAddresses(user).includes(emailAddress)
}
