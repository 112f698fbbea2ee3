// The endpoints of organizations' domains.

import { addDomain, changeDomain, removeDomain } from '../../directory/organizations/organization-domains.ts'
import { optionalChoice, optionalFlag, requireBody, requireText } from '../../parameters/body.ts'
import { requireDomainForm } from '../../parameters/organization-forms.ts'
import { flag, manyValues, oneValue, orderOf, pageOf, type Query, signedChoices } from '../../parameters/query.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { deletion, listing } from '../../resources/listing.ts'
import { organizationDomainResource } from '../../resources/organization-domain.ts'
import {
  type DomainOrder,
  domainOrders,
  enrollmentModes,
  filterableModes,
  listDomains,
} from '../../state/organizations/organization-domains.ts'
import { requireOrganization } from '../../state/organizations/organizations.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

const ofOrganization = '/organizations/:organization_id/domains'
const one = `${ofOrganization}/:domain_id`

export const organizationDomainEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/organization_domains', answer: domainsOfInstance },
  { method: 'GET', path: ofOrganization, answer: domainsOfOrganization },
  { method: 'POST', path: ofOrganization, answer: create },
  { method: 'PATCH', path: one, answer: update },
  { method: 'DELETE', path: one, answer: remove },
  { method: 'POST', path: `${one}/verify_ownership`, answer: verifyOwnership },
]

function domainsOfInstance(request: BackendRequest): Promise<object> {
  return domainListing(request, oneValue(request.query, 'organization_id'))
}

async function domainsOfOrganization(request: BackendRequest): Promise<object> {
  const { id } = await requireOrganization(request.store, pathValue(request, 'organization_id'))
  return domainListing(request, id)
}

async function domainListing({ store, query }: BackendRequest, organizationId: string | undefined): Promise<object> {
  const columns = Object.keys(domainOrders) as DomainOrder[]
  const modes = signedChoices(query, 'enrollment_mode', filterableModes)
  const domains = await listDomains(
    store,
    {
      organizationId,
      verified: flag(query, 'verified'),
      enrollmentModes: modes.include,
      exceptModes: modes.exclude,
      names: manyValues(query, 'domains').map((name) => name.toLowerCase()),
      query: requireSomeText(query),
    },
    orderOf(query, columns, { column: 'created_at', direction: 'desc' }),
    pageOf(query),
  )
  return listing(domains, (domain) => organizationDomainResource(domain, store.imageUrlOf))
}

/** What to search for. Refuses one that is sent and says nothing. */
function requireSomeText(query: Query): string | undefined {
  const text = query.get('query')
  if (text === null) return undefined
  if (text.trim() === '') throw new ClerkRefusal('form_param_value_invalid', { param: 'query', value: text })
  return text
}

/** Verified unless the request says otherwise. */
async function create(request: BackendRequest): Promise<object> {
  const { instance, store } = request
  const read = requireBody(request.body, ['name', 'enrollment_mode', 'verified'])
  const organization = await requireOrganization(store, pathValue(request, 'organization_id'))
  const domain = await addDomain(store, (await instance.snapshot()).settings.organizations, {
    organizationId: organization.id,
    name: requireDomainForm(requireText(read, 'name', 253)),
    mode: optionalChoice(read, 'enrollment_mode', enrollmentModes) ?? 'manual_invitation',
    verified: optionalFlag(read, 'verified') ?? true,
  })
  return organizationDomainResource(domain, store.imageUrlOf)
}

function update(request: BackendRequest): Promise<object> {
  const read = requireBody(request.body, ['enrollment_mode', 'verified'])
  return changed(request, {
    mode: optionalChoice(read, 'enrollment_mode', enrollmentModes),
    verified: optionalFlag(read, 'verified'),
  })
}

function verifyOwnership(request: BackendRequest): Promise<object> {
  return changed(request, { ownershipVerified: true })
}

async function changed(request: BackendRequest, change: Parameters<typeof changeDomain>[4]): Promise<object> {
  const { instance, store } = request
  const { organizations } = (await instance.snapshot()).settings
  const organization = await requireOrganization(store, pathValue(request, 'organization_id'))
  const domain = await changeDomain(store, organizations, organization.id, pathValue(request, 'domain_id'), change)
  return organizationDomainResource(domain, store.imageUrlOf)
}

async function remove(request: BackendRequest): Promise<object> {
  const organization = await requireOrganization(request.store, pathValue(request, 'organization_id'))
  const id = pathValue(request, 'domain_id')
  await removeDomain(request.store, organization.id, id)
  return deletion('organization_domain', id)
}
