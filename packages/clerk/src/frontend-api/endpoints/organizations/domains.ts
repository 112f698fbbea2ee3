// Domains, as members who manage them add, prove and use them.

import { addDomain, changeDomain, removeDomain } from '../../../directory/organizations/organization-domains.ts'
import { attemptAffiliation, prepareAffiliation } from '../../../directory/organizations/verify-affiliation.ts'
import { optionalChoice, requireChoice, requireText } from '../../../parameters/body.ts'
import { formFlag } from '../../../parameters/form.ts'
import { requireEmailForm } from '../../../parameters/identifiers.ts'
import { requireDomainForm } from '../../../parameters/organization-forms.ts'
import { flag, manyChoices, orderOf, pageOf } from '../../../parameters/query.ts'
import { deletion, listing } from '../../../resources/listing.ts'
import { organizationDomainResource } from '../../../resources/organization-domain.ts'
import {
  type DomainOrder,
  domainOrders,
  enrollmentModes,
  filterableModes,
  listDomains,
  type OrganizationDomain,
  requireDomain,
} from '../../../state/organizations/organization-domains.ts'
import {
  type FrontendAnswer,
  type FrontendEndpoint,
  pathValue,
  resource,
  type SessionRequest,
} from '../../frontend-request.ts'
import { requireActing, requireOrganizations } from './acting-member.ts'

const all = '/v1/organizations/:organization_id/domains'
const one = `${all}/:domain_id`
const manage = 'org:sys_domains:manage'
const read = 'org:sys_domains:read'

export const organizationDomainEndpoints: readonly FrontendEndpoint[] = [
  { method: 'GET', path: all, access: 'session', answer: list },
  { method: 'POST', path: all, access: 'session', answer: add },
  { method: 'GET', path: one, access: 'session', answer: show },
  { method: 'DELETE', path: one, access: 'session', answer: remove },
  { method: 'POST', path: `${one}/update_enrollment_mode`, access: 'session', answer: changeMode },
  { method: 'POST', path: `${one}/prepare_affiliation_verification`, access: 'session', answer: prepare },
  { method: 'POST', path: `${one}/attempt_affiliation_verification`, access: 'session', answer: attempt },
]

async function list(request: SessionRequest): Promise<FrontendAnswer> {
  const { store, query } = request
  const { organization } = await requireActing(request, read, manage)
  const columns = Object.keys(domainOrders) as DomainOrder[]
  const domains = await listDomains(
    store,
    {
      organizationId: organization.id,
      verified: flag(query, 'verified'),
      enrollmentModes: manyChoices(query, 'enrollment_mode', filterableModes),
    },
    orderOf(query, columns, { column: 'created_at', direction: 'desc' }),
    pageOf(query),
  )
  return resource(listing(domains, (domain) => organizationDomainResource(domain, store.imageUrlOf)))
}

async function add(request: SessionRequest): Promise<FrontendAnswer> {
  const { organization } = await requireActing(request, manage)
  const { form } = request
  const added = await addDomain(request.store, await requireOrganizations(request), {
    organizationId: organization.id,
    name: requireDomainForm(requireText(form, 'name', 253)),
    mode: optionalChoice(form, 'enrollment_mode', ['', ...enrollmentModes]) || 'manual_invitation',
    verified: false,
  })
  return shown(request, added)
}

async function show(request: SessionRequest): Promise<FrontendAnswer> {
  const { organization } = await requireActing(request, read, manage)
  return shown(request, await requireDomain(request.store, organization.id, pathValue(request, 'domain_id')))
}

async function remove(request: SessionRequest): Promise<FrontendAnswer> {
  const { organization } = await requireActing(request, manage)
  const id = pathValue(request, 'domain_id')
  await removeDomain(request.store, organization.id, id)
  return resource(deletion('organization_domain', id))
}

async function changeMode(request: SessionRequest): Promise<FrontendAnswer> {
  const { organization } = await requireActing(request, manage)
  const { form } = request
  const mode = requireChoice(form, 'enrollment_mode', enrollmentModes)
  const id = pathValue(request, 'domain_id')
  const settings = await requireOrganizations(request)
  const change = { mode, withdraw: formFlag(form, 'delete_pending') ?? false }
  return shown(request, await changeDomain(request.store, settings, organization.id, id, change))
}

async function prepare(request: SessionRequest): Promise<FrontendAnswer> {
  const { instance, store, form } = request
  const { organization } = await requireActing(request, manage)
  const param = 'affiliation_email_address'
  const address = requireEmailForm(requireText(form, param), param)
  return shown(
    request,
    await prepareAffiliation(instance, store, organization.id, pathValue(request, 'domain_id'), address),
  )
}

async function attempt(request: SessionRequest): Promise<FrontendAnswer> {
  const { instance, store, form } = request
  const { organization } = await requireActing(request, manage)
  const code = requireText(form, 'code', 64)
  return shown(
    request,
    await attemptAffiliation(instance, store, organization.id, pathValue(request, 'domain_id'), code),
  )
}

function shown({ store }: SessionRequest, domain: OrganizationDomain): FrontendAnswer {
  return resource(organizationDomainResource(domain, store.imageUrlOf))
}
