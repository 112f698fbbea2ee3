// The unmodified @clerk/backend gives organizations domains and logos. It hands domains on as they came on the wire.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { refusalOf, startTestClerk, type TestClerk } from './running-clerk.ts'

let clerk: TestClerk

beforeAll(async () => {
  clerk = await startTestClerk()
})

afterAll(async () => {
  await clerk.stop()
})

const organization = async () => (await clerk.client.organizations.createOrganization({ name: 'Acme' })).id

test('a domain is added, proven, changed, listed and removed', async () => {
  const { instance, organizations } = clerk.client
  const organizationId = await organization()
  const add = (name: string) =>
    organizations.createOrganizationDomain({ organizationId, name, enrollmentMode: 'automatic_suggestion' })
  const refusal = await refusalOf(add('acme.example'))
  expect([refusal.status, refusal.errors[0]?.code]).toEqual([403, 'organization_domains_not_enabled'])
  await instance.updateOrganizationSettings({ domainsEnabled: true })
  const mode = await refusalOf(add('acme.example'))
  expect([mode.status, mode.errors[0]?.code]).toEqual([403, 'organization_domain_enrollment_mode_not_enabled'])
  await instance.updateOrganizationSettings({ domainsEnrollmentModes: ['automatic_suggestion'] })
  const domain = await add('ACME.example')
  expect(domain).toMatchObject({
    name: 'acme.example',
    organization_id: organizationId,
    enrollment_mode: 'automatic_suggestion',
    verification: { status: 'verified', strategy: 'admin' },
    total_pending_suggestions: 0,
  })
  const changed = await organizations.updateOrganizationDomain({
    organizationId,
    domainId: domain.id,
    enrollmentMode: 'manual_invitation',
    verified: false,
  })
  expect(changed).toMatchObject({ enrollment_mode: 'manual_invitation', verification: null })
  const owned = await clerk.send('POST', `/organizations/${organizationId}/domains/${domain.id}/verify_ownership`)
  expect(await owned.json()).toMatchObject({
    ownership_verification: { status: 'verified', strategy: 'manual_override' },
  })
  const list = await organizations.getOrganizationDomainList({ organizationId })
  expect([list.data.map(({ id }) => id), list.totalCount]).toEqual([[domain.id], 1])
  const everywhere = await clerk.send('GET', '/organization_domains?query=acme&verified=true&order_by=-name')
  expect(await everywhere.json()).toMatchObject({ total_count: 1, data: [{ id: domain.id }] })
  const none = await clerk.send('GET', '/organization_domains?domains=other.example')
  expect(await none.json()).toMatchObject({ total_count: 0 })
  const found = async (query: string) => (await clerk.send('GET', `/organization_domains?${query}`)).json()
  expect(await found(`query=${organizationId}`)).toMatchObject({ total_count: 1 })
  expect(await found('enrollment_mode=-enterprise_sso')).toMatchObject({ total_count: 1 })
  expect(await found('enrollment_mode=-manual_invitation')).toMatchObject({ total_count: 0 })
  expect(await found('enrollment_mode=enterprise_sso')).toMatchObject({ total_count: 0 })
  expect(await found('query=%20')).toMatchObject({ errors: [{ meta: { param_name: 'query' } }] })
  const removed = await organizations.deleteOrganizationDomain({ organizationId, domainId: domain.id })
  expect(removed).toMatchObject({ id: domain.id, deleted: true })
  const types = (await clerk.events()).map(({ type }) => type).filter((type) => type.startsWith('organizationDomain.'))
  expect(types).toEqual([
    'organizationDomain.created',
    'organizationDomain.updated',
    'organizationDomain.updated',
    'organizationDomain.deleted',
  ])
})

test('a logo is uploaded, served and taken away', async () => {
  const { organizations } = clerk.client
  const organizationId = await organization()
  const uploader = await clerk.somebody()
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const file = new File([png], 'logo.png', { type: 'image/png' })
  const shown = await organizations.updateOrganizationLogo(organizationId, { file, uploaderUserId: uploader.id })
  expect(shown.hasImage).toBe(true)
  const served = await fetch(shown.imageUrl)
  expect([served.headers.get('content-type'), Buffer.from(await served.arrayBuffer())]).toEqual(['image/png', png])
  expect((await organizations.deleteOrganizationLogo(organizationId)).hasImage).toBe(false)
  expect((await fetch(shown.imageUrl)).status).toBe(404)
})
