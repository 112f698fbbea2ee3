// Invitations into an organization: the record and its statements. A pending one whose time is over reads as expired.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import type { JsonObject } from '../../tokens/json.ts'
import { violatedConstraint } from '../database/database.ts'
import { type MemberProfile, memberProfile } from './memberships.ts'
import { type OrganizationProfile, organizationProfile } from './organizations.ts'
import { type Listed, type Order, type Page, readPage } from '../database/page.ts'
import { bindings, containing, insertion } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export const invitationStatuses = ['pending', 'accepted', 'revoked', 'expired'] as const

export type InvitationStatus = (typeof invitationStatuses)[number]

export interface OrganizationInvitation {
  readonly id: string
  readonly organization: OrganizationProfile
  readonly emailAddress: string
  readonly role: string
  readonly roleName: string
  readonly status: InvitationStatus
  readonly inviter: MemberProfile | null
  /** Of the domain it was made for; null when a person or the Backend API made it. */
  readonly domainId: string | null
  readonly acceptedUserId: string | null
  readonly redirectUrl: string | null
  readonly publicMetadata: JsonObject
  readonly privateMetadata: JsonObject
  readonly expiresAt: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** What a new invitation says. */
export interface InvitationRow {
  readonly organization_id: string
  readonly email_address: string
  readonly role: string
  /** Milliseconds until it is over. */
  readonly lifetime: number
  readonly inviter_user_id?: string | null | undefined
  readonly domain_id?: string | undefined
  readonly redirect_url?: string | null | undefined
  readonly public_metadata?: JsonObject | undefined
  readonly private_metadata?: JsonObject | undefined
}

/** Which invitations; an empty list of statuses is all of them. */
export interface InvitationFilter {
  readonly organizationId?: string | undefined
  readonly statuses: readonly InvitationStatus[]
  /** To any of these addresses, in lower case. */
  readonly emailAddresses?: readonly string[] | undefined
  /** Part of the address, or the whole id. */
  readonly query?: string | undefined
}

export const invitationOrders = { created_at: 'i.created_at', email_address: 'i.email_address' } as const

export type InvitationOrder = keyof typeof invitationOrders

/** `$2` is the moment. */
const status = `case when i.status = 'pending' and i.expires_at <= $2 then 'expired' else i.status end`

const columns = /* sql */ `
  i.id, i.email_address as "emailAddress", i.role, r.name as "roleName", ${status} as status,
  i.domain_id as "domainId", i.accepted_user_id as "acceptedUserId", i.redirect_url as "redirectUrl",
  i.public_metadata as "publicMetadata", i.private_metadata as "privateMetadata",
  i.expires_at as "expiresAt", i.created_at as "createdAt", i.updated_at as "updatedAt",
  ${organizationProfile} as organization,
  case when u.id is null then null else ${memberProfile} end as inviter`

const source = /* sql */ `
  clerk.organization_invitations i
  join clerk.organizations o on o.instance_id = i.instance_id and o.id = i.organization_id
  join clerk.roles r on r.instance_id = i.instance_id and r.key = i.role
  left join clerk.users u on u.instance_id = i.instance_id and u.id = i.inviter_user_id`

/** Adds a pending invitation. Refuses an unknown role, and an address that has one already. */
export async function insertOrganizationInvitation(
  store: Store,
  id: string,
  { lifetime, ...row }: InvitationRow,
): Promise<void> {
  const now = store.now()
  await store.db.query(
    `update clerk.organization_invitations set status = 'expired', updated_at = $4
     where instance_id = $1 and organization_id = $2 and email_address = $3 and status = 'pending' and expires_at <= $4`,
    [store.instanceId, row.organization_id, row.email_address, now],
  )
  const { text, values } = insertion('clerk.organization_invitations', {
    instance_id: store.instanceId,
    id,
    ...row,
    status: 'pending',
    expires_at: now + lifetime,
    created_at: now,
    updated_at: now,
  })
  try {
    await store.db.query(text, values)
  } catch (error) {
    const constraint = violatedConstraint(error)
    if (constraint === 'organization_invitations_role') throw notFound('organization_role', row.role)
    if (constraint !== 'organization_invitations_pending') throw error
    const emailAddresses = [row.email_address]
    throw new ClerkRefusal('duplicate_organization_invitation', { emailAddresses }, { cause: error })
  }
}

/** The invitation. Refuses an unknown id, and one of another organization than `organizationId`. */
export async function requireOrganizationInvitation(
  store: Store,
  id: string,
  organizationId: string | null = null,
): Promise<OrganizationInvitation> {
  const [invitation] = await store.db.query<OrganizationInvitation>(
    `select ${columns} from ${source}
     where i.instance_id = $1 and i.id = $3 and ($4::text is null or i.organization_id = $4)`,
    [store.instanceId, store.now(), id, organizationId],
  )
  if (invitation === undefined) throw new ClerkRefusal('organization_invitation_not_found', { id })
  return invitation
}

/** Moves a pending invitation to its end, once: says whether it was still pending. */
export async function endOrganizationInvitation(
  store: Store,
  id: string,
  end: 'accepted' | 'revoked',
  acceptedUserId: string | null,
): Promise<boolean> {
  const ended = await store.db.query(
    `update clerk.organization_invitations set status = $4, accepted_user_id = $5, updated_at = $3
     where instance_id = $1 and id = $2 and status = 'pending' and expires_at > $3 returning id`,
    [store.instanceId, id, store.now(), end, acceptedUserId],
  )
  return ended.length > 0
}

/** One page of the invitations that pass, and how many pass. */
export async function listOrganizationInvitations(
  store: Store,
  filter: InvitationFilter,
  order: Order<InvitationOrder>,
  page: Page,
): Promise<Listed<OrganizationInvitation>> {
  const bound = bindings(store.instanceId, store.now())
  const conditions = ['i.instance_id = $1', '$2::bigint is not null']
  const { organizationId, statuses, emailAddresses, query } = filter
  if (organizationId !== undefined) conditions.push(`i.organization_id = ${bound.bind(organizationId)}`)
  if (statuses.length > 0) conditions.push(`${status} = any(${bound.bind(statuses)})`)
  if (emailAddresses !== undefined) conditions.push(`i.email_address = any(${bound.bind(emailAddresses)})`)
  if (query !== undefined) {
    conditions.push(`(i.id = ${bound.bind(query)} or i.email_address ilike ${bound.bind(containing(query))})`)
  }
  const from = `from ${source} where ${conditions.join(' and ')}`
  const orderBy = `${invitationOrders[order.column]} ${order.direction}, i.position ${order.direction}`
  return readPage(store, { columns, from, orderBy }, bound, page)
}
