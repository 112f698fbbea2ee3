// Organizations as their people make, change and leave them.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Companies, startCompanies } from './companies.test-support.ts'

let companies: Companies

beforeAll(async () => {
  companies = await startCompanies()
})

afterAll(async () => {
  await companies.provider.stop()
})

test('who creates an organization is its admin, and the answer carries her membership in the client', async () => {
  const browser = await companies.somebody()
  const created = await browser.post('/organizations', { name: 'Grün & Söhne' })
  expect(created.response).toMatchObject({
    object: 'organization',
    name: 'Grün & Söhne',
    slug: 'gru-n-so-hne',
    members_count: 1,
    pending_invitations_count: 0,
    has_image: false,
  })
  expect(created.body['client']).toMatchObject({
    sessions: [{ user: { organization_memberships: [{ role: 'org:admin', organization: created.response }] } }],
  })
  const touched = await browser.post(`/client/sessions/${browser.sessionId}/touch`, {
    active_organization_id: String(created.response['slug']),
  })
  expect(touched.response).toMatchObject({ last_active_organization_id: created.response['id'] })
})

test('an outsider cannot make an organization her active one', async () => {
  const [{ id }, outsider] = [await companies.company(), await companies.somebody()]
  for (const wanted of [id, 'org_none']) {
    const refused = await outsider.post(`/client/sessions/${outsider.sessionId}/touch`, {
      active_organization_id: wanted,
    })
    expect([refused.status, refused.code]).toEqual([404, 'organization_not_found_or_unauthorized'])
  }
})

test('a user creates as many organizations as she may', async () => {
  const limited = await companies.provider.signedIn({
    email_address: [companies.address()],
    create_organizations_limit: 1,
  })
  expect((await limited.post('/organizations', { name: 'One' })).status).toBe(200)
  expect((await limited.post('/organizations', { name: 'Two' })).code).toBe('organization_quota_exceeded')
  const barred = await companies.provider.signedIn({
    email_address: [companies.address()],
    create_organization_enabled: false,
  })
  expect((await barred.post('/organizations', { name: 'One' })).code).toBe('authorization_invalid')
})

test('the last member who can manage the organization stays as she is', async () => {
  const { path, id, people, spare } = await companies.company()
  const { admin } = people
  const code = 'organization_minimum_permissions_needed'
  const own = `${path}/memberships/${admin.userId}`
  expect((await admin.ask(own, { method: 'PATCH', form: { role: 'org:member' } })).code).toBe(code)
  expect((await admin.ask(own, { method: 'DELETE' })).code).toBe(code)
  expect((await admin.ask(`/me/organization_memberships/${id}`, { method: 'DELETE' })).code).toBe(code)
  const promoted = `${path}/memberships/${spare.userId}`
  const answered = await admin.ask(promoted, { method: 'PATCH', form: { role: 'org:admin' } })
  expect(answered.response).toMatchObject({ role: 'org:admin', public_user_data: { user_id: spare.userId } })
  const left = await admin.ask(`/me/organization_memberships/${id}`, { method: 'DELETE' })
  expect(left.response).toMatchObject({ object: 'organization_membership', deleted: true })
})

test('deletion by members can be turned off for an organization', async () => {
  const { path, people } = await companies.company()
  await companies.provider.backend('PATCH', path, { admin_delete_enabled: false })
  expect((await people.admin.ask(path, { method: 'DELETE' })).code).toBe('organization_admin_delete_not_enabled')
})

test('members are found by name and role, a page at a time', async () => {
  const { path, people } = await companies.company()
  const all = await people.member.ask(`${path}/memberships?paginated=true&limit=2`)
  expect(all.response).toMatchObject({ total_count: 4, data: [{}, {}] })
  const recruiters = await people.member.ask(`${path}/memberships?paginated=true&role=org:recruiter`)
  expect(recruiters.response).toMatchObject({
    total_count: 1,
    data: [{ public_user_data: { user_id: people.recruiter.userId }, permissions: ['org:sys_memberships:manage'] }],
  })
  const { email_addresses: addresses } = await companies.provider.backend('GET', `/users/${people.admin.userId}`)
  const [first] = addresses as { email_address: string }[]
  const found = await people.member.ask(`${path}/memberships?paginated=true&query=${first?.email_address ?? ''}`)
  expect(found.response).toMatchObject({ total_count: 1, data: [{ role: 'org:admin' }] })
  expect((await people.member.ask(`${path}/memberships`)).body['response']).toHaveLength(4)
})

test('a new organization may be named after the company that the address tells of', async () => {
  const [worker, private_] = [
    await companies.somebody('ada@lovelace.example'),
    await companies.somebody('ada@gmail.com'),
  ]
  const path = '/me/organization_creation_defaults'
  expect((await worker.ask(path)).response).toMatchObject({ form: { name: 'Lovelace', slug: 'lovelace' } })
  expect((await private_.ask(path)).response).toMatchObject({ form: { name: '', slug: '' }, advisory: null })
})

test('a logo is shown until it is taken away', async () => {
  const { path, people } = await companies.company()
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const body = new FormData()
  body.append('file', new Blob([png], { type: 'image/png' }), 'logo.png')
  const uploaded = await people.admin.ask(`${path}/logo`, { method: 'PUT', body })
  expect(uploaded.response).toMatchObject({ object: 'organization', has_image: true })
  const shown = await fetch(String(uploaded.response['image_url']))
  expect(Buffer.from(await shown.arrayBuffer())).toEqual(png)
  const removed = await people.admin.ask(`${path}/logo`, { method: 'DELETE' })
  expect(removed.response).toMatchObject({ has_image: false })
  const text = { method: 'PUT', body: new Uint8Array([104, 105]), headers: { 'content-type': 'image/png' } } as const
  expect((await people.admin.ask(`${path}/logo`, text)).status).toBeGreaterThanOrEqual(400)
})

test('slugs and organizations can be turned off for an instance', async () => {
  const { path, people } = await companies.company()
  await companies.provider.backend('PATCH', '/instance/organization_settings', { slug_disabled: true })
  const disabled = await people.admin.ask(path, { method: 'PATCH', form: { slug: 'other' } })
  expect([disabled.status, disabled.code]).toEqual([422, 'organization_slug_disabled'])
  await companies.provider.backend('PATCH', '/instance/organization_settings', { slug_disabled: false, enabled: false })
  for (const asked of [path, '/me/organization_invitations']) {
    const refused = await people.admin.ask(asked)
    expect([refused.status, refused.code]).toEqual([403, 'organization_not_enabled_in_instance'])
  }
  await companies.provider.backend('PATCH', '/instance/organization_settings', { enabled: true })
  const again = await people.admin.ask(path, { method: 'PATCH', form: { slug: 'acme-again' } })
  expect(again.response).toMatchObject({ slug: 'acme-again' })
  const other = await companies.company()
  expect((await other.people.admin.ask(other.path, { method: 'PATCH', form: { slug: 'acme-again' } })).code).toBe(
    'form_identifier_exists',
  )
})
