// Invitations as the invited see and accept them.

import { afterAll, beforeAll, expect, test } from 'vitest'

import { type Companies, idOf, startCompanies } from './companies.test-support.ts'

let companies: Companies

beforeAll(async () => {
  companies = await startCompanies()
})

afterAll(async () => {
  await companies.provider.stop()
})

test('an invited person sees the invitation and accepts it once', async () => {
  const { path, people } = await companies.company()
  const email = companies.address()
  const invited = await people.admin.post(`${path}/invitations`, { email_address: email, role: 'org:recruiter' })
  expect(invited.response).toMatchObject({ object: 'organization_invitation', status: 'pending', url: null })
  expect(await companies.provider.lastMessage(email)).toMatchObject({
    slug: 'organization_invitation',
    org_name: 'Acme',
  })
  const guest = await companies.somebody(email)
  const seen = await guest.ask('/me/organization_invitations?status=pending')
  expect(seen.response).toMatchObject({
    total_count: 1,
    data: [{ id: invited.response['id'], public_organization_data: { name: 'Acme' } }],
  })
  const accept = `/me/organization_invitations/${idOf(invited.response)}/accept`
  expect((await people.outsider.post(accept)).code).toBe('organization_invitation_identification_not_exist')
  const events = await companies.provider.eventsOf(async () => {
    expect((await guest.post(accept)).response).toMatchObject({ status: 'accepted' })
  })
  expect(events).toEqual(['organizationInvitation.accepted', 'organizationMembership.created'])
  expect((await guest.post(accept)).code).toBe('organization_invitation_already_accepted')
  const own = await guest.ask('/me/organization_memberships?paginated=true')
  expect(own.response).toMatchObject({ total_count: 1, data: [{ role: 'org:recruiter' }] })
})

test('an invitation that is revoked or over is not accepted', async () => {
  const { path, people } = await companies.company()
  const email = companies.address()
  const guest = await companies.somebody(email)
  const invite = async () => {
    const form = { email_address: email, role: 'org:member' }
    return idOf((await people.admin.post(`${path}/invitations`, form)).response)
  }
  const revoked = await invite()
  await people.admin.post(`${path}/invitations/${revoked}/revoke`)
  expect((await guest.post(`/me/organization_invitations/${revoked}/accept`)).code).toBe(
    'organization_invitation_revoked_code',
  )
  const late = await invite()
  companies.provider.pass(31 * 24 * 60)
  const later = await companies.provider.openFor(guest.userId)
  expect((await later.post(`/me/organization_invitations/${late}/accept`)).code).toBe('ticket_expired_code')
  expect((await later.post('/me/organization_invitations/orginv_none/accept')).code).toBe(
    'organization_invitation_not_found',
  )
})
