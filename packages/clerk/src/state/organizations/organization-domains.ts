// Domains of organizations: the record and its statements. A domain that is verified belongs to one organization.

import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { notFound } from '../../refusal/not-found.ts'
import { violatedConstraint } from '../database/database.ts'
import { type OrganizationProfile, organizationProfile } from './organizations.ts'
import { type Listed, type Order, type Page, readPage } from '../database/page.ts'
import { assignments, bindings, containing, insertion } from '../database/statement-builder.ts'
import type { Store } from '../database/store.ts'

export const enrollmentModes = ['manual_invitation', 'automatic_invitation', 'automatic_suggestion'] as const

/** What happens with people whose verified address is at the domain. */
export type EnrollmentMode = (typeof enrollmentModes)[number]

/** What domains are filtered by: also the mode of enterprise connections, which no domain here has. */
export const filterableModes = [...enrollmentModes, 'enterprise_sso'] as const

export type FilterableMode = (typeof filterableModes)[number]

/** How far it is proven that the organization's people have addresses at the domain. */
export interface Affiliation {
  readonly status: 'unverified' | 'verified'
  readonly strategy: string
  readonly attempts: number
  readonly expireAt: number | null
  readonly verifiedAt: number | null
}

export interface OrganizationDomain {
  readonly id: string
  readonly organization: OrganizationProfile
  readonly name: string
  readonly enrollmentMode: EnrollmentMode
  readonly affiliationEmailAddress: string | null
  readonly affiliation: Affiliation | null
  readonly ownershipVerifiedAt: number | null
  readonly pendingInvitations: number
  readonly pendingSuggestions: number
  readonly createdAt: number
  readonly updatedAt: number
}

/** Columns of `clerk.organization_domains` that are set. `undefined` leaves a column alone. */
export interface DomainColumns {
  readonly enrollment_mode?: EnrollmentMode | undefined
  readonly affiliation_email_address?: string | null | undefined
  readonly affiliation_status?: 'unverified' | 'verified' | null | undefined
  readonly affiliation_strategy?: string | null | undefined
  readonly affiliation_code_digest?: Buffer | null | undefined
  readonly affiliation_attempts?: number | undefined
  readonly affiliation_expire_at?: number | null | undefined
  readonly affiliation_verified_at?: number | null | undefined
  readonly ownership_verified_at?: number | null | undefined
}

export interface DomainFilter {
  readonly organizationId?: string | undefined
  readonly verified?: boolean | undefined
  /** Any of these; any at all when empty. */
  readonly enrollmentModes: readonly FilterableMode[]
  /** None of these. */
  readonly exceptModes?: readonly FilterableMode[] | undefined
  readonly names?: readonly string[] | undefined
  /** Part of the name, or the id of an organization. */
  readonly query?: string | undefined
}

export const domainOrders = { created_at: 'd.created_at', name: 'd.name' } as const

export type DomainOrder = keyof typeof domainOrders

/** The condition on `clerk.organization_domains d` that it is proven one way or the other. */
export const domainIsVerified = `(d.affiliation_status is not distinct from 'verified' or d.ownership_verified_at is not null)`

const columns = /* sql */ `
  d.id, d.name, d.enrollment_mode as "enrollmentMode", d.affiliation_email_address as "affiliationEmailAddress",
  case when d.affiliation_status is null then null else jsonb_build_object(
    'status', d.affiliation_status, 'strategy', d.affiliation_strategy, 'attempts', d.affiliation_attempts,
    'expireAt', d.affiliation_expire_at, 'verifiedAt', d.affiliation_verified_at) end as affiliation,
  d.ownership_verified_at as "ownershipVerifiedAt",
  (select count(*) from clerk.organization_invitations i
   where i.instance_id = d.instance_id and i.domain_id = d.id and i.status = 'pending') as "pendingInvitations",
  (select count(*) from clerk.organization_suggestions s
   where s.instance_id = d.instance_id and s.domain_id = d.id and s.status = 'pending') as "pendingSuggestions",
  ${organizationProfile} as organization,
  d.created_at as "createdAt", d.updated_at as "updatedAt"`

const source = /* sql */ `
  clerk.organization_domains d
  join clerk.organizations o on o.instance_id = d.instance_id and o.id = d.organization_id`

/** Adds a domain. Refuses one that the organization has, or another one has verified. */
export async function insertDomain(
  store: Store,
  id: string,
  organizationId: string,
  name: string,
  row: DomainColumns,
): Promise<void> {
  const now = store.now()
  const { text, values } = insertion('clerk.organization_domains', {
    instance_id: store.instanceId,
    id,
    organization_id: organizationId,
    name,
    enrollment_mode: 'manual_invitation',
    ...row,
    created_at: now,
    updated_at: now,
  })
  await refusingTakenDomain(() => store.db.query(text, values))
}

/** Changes a domain. Refuses to verify one that another organization has verified. */
export async function updateDomain(store: Store, id: string, change: DomainColumns): Promise<void> {
  const { affiliation_code_digest: digest, ...plain } = change
  const bound = bindings(store.instanceId, id)
  const set = assignments({ ...plain, updated_at: store.now() }, bound)
  // Bound by hand: the builder would write a buffer as JSON.
  const digested = digest === undefined ? '' : `, affiliation_code_digest = ${bound.bind(digest)}`
  await refusingTakenDomain(() =>
    store.db.query(
      `update clerk.organization_domains set ${set}${digested} where instance_id = $1 and id = $2`,
      bound.values,
    ),
  )
}

/** Removes a domain with its suggestions and its pending invitations. */
export async function deleteDomain(store: Store, id: string): Promise<void> {
  await withdrawPending(store, id)
  await store.db.query('delete from clerk.organization_domains where instance_id = $1 and id = $2', [
    store.instanceId,
    id,
  ])
}

/** Takes back what the domain's enrollment made and nobody has taken up yet. */
export async function withdrawPending(store: Store, id: string): Promise<void> {
  for (const table of ['organization_invitations', 'organization_suggestions']) {
    await store.db.query(
      `delete from clerk.${table} where instance_id = $1 and domain_id = $2 and status = 'pending'`,
      [store.instanceId, id],
    )
  }
}

/** The domain. Refuses an unknown id, and one of another organization. */
export async function requireDomain(store: Store, organizationId: string, id: string): Promise<OrganizationDomain> {
  const [domain] = await store.db.query<OrganizationDomain>(
    `select ${columns} from ${source} where d.instance_id = $1 and d.organization_id = $2 and d.id = $3`,
    [store.instanceId, organizationId, id],
  )
  if (domain === undefined) throw notFound('organization_domain', id)
  return domain
}

/** The digest of the code that was sent, with the row locked; null when none was. */
export async function affiliationDigest(store: Store, id: string): Promise<Buffer | null> {
  const [row] = await store.db.query<{ digest: Buffer | null }>(
    `select affiliation_code_digest as digest from clerk.organization_domains
     where instance_id = $1 and id = $2 for update`,
    [store.instanceId, id],
  )
  return row?.digest ?? null
}

/** One page of the domains that pass, and how many pass. */
export async function listDomains(
  store: Store,
  filter: DomainFilter,
  order: Order<DomainOrder>,
  page: Page,
): Promise<Listed<OrganizationDomain>> {
  const bound = bindings(store.instanceId)
  const conditions = ['d.instance_id = $1']
  const { organizationId, verified, names, query, exceptModes = [] } = filter
  if (organizationId !== undefined) conditions.push(`d.organization_id = ${bound.bind(organizationId)}`)
  if (verified !== undefined) conditions.push(`${domainIsVerified} = ${bound.bind(verified)}`)
  if (filter.enrollmentModes.length > 0)
    conditions.push(`d.enrollment_mode = any(${bound.bind(filter.enrollmentModes)})`)
  if (exceptModes.length > 0) conditions.push(`d.enrollment_mode <> all(${bound.bind(exceptModes)})`)
  if (names !== undefined && names.length > 0) conditions.push(`d.name = any(${bound.bind(names)})`)
  if (query?.startsWith('org_')) conditions.push(`d.organization_id = ${bound.bind(query)}`)
  else if (query !== undefined) conditions.push(`d.name ilike ${bound.bind(containing(query))}`)
  const from = `from ${source} where ${conditions.join(' and ')}`
  const orderBy = `${domainOrders[order.column]} ${order.direction}, d.position ${order.direction}`
  return readPage(store, { columns, from, orderBy }, bound, page)
}

async function refusingTakenDomain<Result>(write: () => Promise<Result>): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    if (!violatedConstraint(error)?.startsWith('organization_domains_')) throw error
    throw new ClerkRefusal('organization_domain_already_exists', {}, { cause: error })
  }
}
