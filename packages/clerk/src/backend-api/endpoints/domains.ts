// The endpoints under /domains: the instance's own domain, which its configuration names, and satellites.

import {
  type Body,
  clearableText,
  optionalFlag,
  optionalText,
  requireBody,
  requireText,
} from '../../parameters/body.ts'
import { requireAddressForm } from '../../parameters/identifiers.ts'
import { ClerkRefusal } from '../../refusal/clerk-refusal.ts'
import { deletion } from '../../resources/listing.ts'
import type { Instance } from '../../state/instance/instance.ts'
import {
  deleteSatelliteDomain,
  insertSatelliteDomain,
  listSatelliteDomains,
  type SatelliteDomain,
  updateSatelliteDomain,
} from '../../state/instance/satellite-domains.ts'
import { type BackendRequest, type Endpoint, pathValue } from '../backend-request.ts'

export const domainEndpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/domains', answer: domainList },
  { method: 'POST', path: '/domains', answer: addDomain },
  { method: 'PATCH', path: '/domains/:domain_id', answer: changeDomain },
  { method: 'DELETE', path: '/domains/:domain_id', answer: removeDomain },
]

async function domainList({ instance, store }: BackendRequest): Promise<object> {
  const satellites = await listSatelliteDomains(store)
  const primary = { id: primaryId(instance), name: instance.configured.domain, proxyUrl: instance.frontendApiUrl() }
  const data = [
    domainResource(instance, primary, false),
    ...satellites.map((one) => domainResource(instance, one, true)),
  ]
  return { data, total_count: data.length }
}

async function addDomain({ instance, store, body }: BackendRequest): Promise<object> {
  const read = requireBody(body, ['name', 'is_satellite', 'proxy_url'])
  const name = requireDomainForm(requireText(read, 'name'))
  if (optionalFlag(read, 'is_satellite') !== true) {
    throw new ClerkRefusal('form_param_value_invalid', { param: 'is_satellite', value: 'false', allowed: ['true'] })
  }
  return domainResource(instance, await insertSatelliteDomain(store, name, proxyUrlOf(read) ?? null), true)
}

async function changeDomain(request: BackendRequest): Promise<object> {
  const { instance, store } = request
  const body = requireBody(request.body, ['name', 'proxy_url', 'is_secondary'])
  const id = pathValue(request, 'domain_id')
  if (id === primaryId(instance)) throw new ClerkRefusal('primary_domain_fixed', {})
  const name = optionalText(body, 'name')
  const change = { name: name ? requireDomainForm(name) : undefined, proxy_url: proxyUrlOf(body) }
  return domainResource(instance, await updateSatelliteDomain(store, id, change), true)
}

async function removeDomain(request: BackendRequest): Promise<object> {
  const id = pathValue(request, 'domain_id')
  if (id === primaryId(request.instance)) throw new ClerkRefusal('primary_domain_fixed', {})
  await deleteSatelliteDomain(request.store, id)
  return deletion('domain', id)
}

/** The instance's own domain has no row: it goes by the instance's id. */
function primaryId({ id }: Instance): string {
  return id.replace(/^ins_/, 'dmn_')
}

function proxyUrlOf(body: Body): string | null | undefined {
  const url = clearableText(body, 'proxy_url', 4096)
  return typeof url === 'string' ? requireAddressForm(url, 'proxy_url') : url
}

function requireDomainForm(text: string): string {
  const name = text.toLowerCase()
  if (/^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/.test(name)) return name
  throw new ClerkRefusal('form_param_format_invalid', { param: 'name', expected: 'a domain name without a scheme' })
}

function domainResource(instance: Instance, { id, name, proxyUrl }: SatelliteDomain, isSatellite: boolean): object {
  return {
    object: 'domain',
    id,
    name,
    is_satellite: isSatellite,
    frontend_api_url: instance.frontendApiUrl(),
    accounts_portal_url: null,
    proxy_url: proxyUrl,
    development_origin: '',
    cname_targets: null,
  }
}
